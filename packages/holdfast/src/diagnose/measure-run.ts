/** Measures for `holdfast diagnose`: says beforehand what it takes, shows each finding, and stops when it is told to. */

import type { Diagnosis, TextScreen, WireOptions } from "@holdfast/probe";
import { stepText } from "@holdfast/probe";
import {
  defaultForMs,
  type Finding,
  measureIds,
  planMeasures,
  runMeasures,
  stepOf,
  Surroundings,
  watchDrain,
  withMeasured,
} from "@holdfast/probe/measure";
import { writeOut } from "../explain/write-out.ts";
import type { MeasureFlags } from "./measure-options.ts";

export interface MeasureFace {
  readonly look: TextScreen;
  /** False: JSON comes at the end, and nothing before. */
  readonly isText: boolean;
  readonly service: string;
}

/** The diagnosis with what was measured behind it. Says on standard error what it is doing. */
export async function measureToo(
  diagnosis: Diagnosis,
  reached: WireOptions | undefined,
  flags: MeasureFlags,
  face: MeasureFace,
): Promise<Diagnosis> {
  if (reached === undefined) {
    tell("nothing was measured: no connection speaks HTTP/2 here");
    return diagnosis;
  }
  const surroundings = new Surroundings({ target: reached, service: face.service, onProgress: tell });
  const stop = (): void => {
    tell("stopping; what was seen until now follows");
    surroundings.stop();
    process.off("SIGINT", stop);
  };
  process.on("SIGINT", stop);
  const startedAtMs = performance.now();
  const ticking = tickingClock(startedAtMs);
  const findings: Finding[] = [];
  let number = diagnosis.steps.length;
  const show = async (finding: Finding): Promise<void> => {
    findings.push(finding);
    if (face.isText) await writeOut(`${stepText(stepOf(finding), ++number, face.look)}\n`);
  };
  try {
    await measureAndWatch(surroundings, flags, show);
  } finally {
    ticking.end();
    process.off("SIGINT", stop);
  }
  return withMeasured(diagnosis, findings, performance.now() - startedAtMs);
}

async function measureAndWatch(
  surroundings: Surroundings,
  { measure, watch, for: forMs = defaultForMs }: MeasureFlags,
  show: (finding: Finding) => Promise<void>,
): Promise<void> {
  const shown: Promise<void>[] = [];
  if (measure !== undefined) {
    const plan = planMeasures(measure === true ? measureIds : measure, { forMs });
    tell(
      `measuring takes up to ${minutesText(plan.atMostMs)} and up to ${plan.connections} connections at once ` +
        "(--for makes it shorter; ctrl-c ends it with what was seen):",
    );
    for (const { title, does } of plan.does) tell(`  ${title}: ${does}`);
    await runMeasures(plan, surroundings, (finding) => void shown.push(show(finding)));
    await Promise.all(shown);
  }
  if (watch === true && !surroundings.stopped) {
    tell(`watching for a restart, up to ${minutesText(forMs)}; ctrl-c ends it`);
    await show(await watchDrain({ forMs }, surroundings));
  }
}

/** On a terminal one line says how long it has taken; elsewhere nothing is said. */
function tickingClock(startedAtMs: number): { end(): void } {
  const { isTTY } = process.stderr;
  if (!isTTY) return { end: () => undefined };
  const timer = setInterval(() => {
    process.stderr.write(`\r\u001b[K... ${minutesText(performance.now() - startedAtMs)}`);
  }, 1_000);
  return {
    end: () => {
      clearInterval(timer);
      process.stderr.write("\r\u001b[K");
    },
  };
}

/** Erases the clock's line first, where there is one. */
function tell(line: string): void {
  const start = process.stderr.isTTY ? "\r\u001b[K" : "";
  process.stderr.write(`${start}holdfast diagnose: ${line}\n`);
}

/** `45 s`, `10 min 15 s` */
export function minutesText(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const rest = seconds % 60;
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

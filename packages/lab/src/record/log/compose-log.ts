/**
 * Owns the recorded log: texts that real clients printed in the recorded runs, each in the format of a service, between the
 * chatter of healthy services and the errors of other software. Pure: the same texts and seed give the same log.
 */

import type { Cause, RecordedMessage } from "../wire-event.ts";
import { speakers } from "./chatter.ts";
import { failureFormats } from "./failure-formats.ts";
import { SeededChoice } from "./seeded-choice.ts";

export interface PlantedFailure extends Cause {
  /** Counted from 1. */
  readonly lines: readonly [first: number, last: number];
  readonly from: string;
}

export interface LogOptions {
  readonly seed: number;
  readonly lines: number;
  /** Errors of other software; none of them is planted. */
  readonly foreign: readonly string[];
}

/** 2026-10-02, eleven o'clock UTC. */
const startMs = Date.UTC(2026, 9, 2, 11);
/** How often another container's line falls between two lines of one stack, as compose prints them. */
const interleaved = 0.02;
const foreignShare = 0.01;

export function composeLog(
  failures: readonly RecordedMessage[],
  { seed, lines: wanted, foreign }: LogOptions,
): { readonly text: string; readonly planted: readonly PlantedFailure[] } {
  const chance = new SeededChoice(seed);
  const lines: string[] = [];
  const planted: PlantedFailure[] = [];
  let atMs = startMs;
  const say = (): void => {
    atMs += chance.whole(5, 900);
    const quiet = chance.next() < foreignShare;
    lines.push(quiet ? `legacy-1     | ${chance.pick(foreign)}` : chance.pick(speakers)(atMs, chance));
  };
  const gap = Math.floor(wanted / (failures.length + 1));
  for (const failure of failures) {
    for (let count = chance.whole(Math.floor(gap / 2), gap); count > 0; count--) say();
    const format = failureFormats[failure.implementation];
    if (format === undefined) continue;
    const first = lines.length + 1;
    format(failure.text, atMs, chance).forEach((line, at) => {
      if (at > 0 && line.includes("| ") && chance.next() < interleaved) say();
      lines.push(line);
    });
    const { label, also, implementation, origin } = failure;
    const from = `${implementation}, ${origin}`;
    planted.push({ lines: [first, lines.length], label, ...(also !== undefined && { also }), from });
  }
  while (lines.length < wanted) say();
  return { text: `${lines.join("\n")}\n`, planted };
}

/** Runs `holdfast fault`: from the command line to the last picture. What is done to connections is the lab's. */

import { faultTable } from "@holdfast/lab/fault";
import { type Doing, Relay } from "@holdfast/lab/relay";
import { screen } from "../catalog/screen.ts";
import { plural } from "../demo/count-text.ts";
import { LiveScreen } from "../demo/live-screen.ts";
import { exitStatus } from "../exit-status.ts";
import type { FaultFlags } from "./fault-command.ts";
import { faultListLines } from "./fault-list.ts";
import { doingLine, faultPicture, type FaultView } from "./fault-picture.ts";
import { type FaultPlan, readFaultPlan } from "./fault-plan.ts";
import type { ChosenFault } from "./read-fault.ts";

/** Four pictures a second: a person sees that it lives. */
const drawEveryMs = 250;
/** 1 MiB waits for a slow reader of lines, and no more. */
const maxWaitingBytes = 1_048_576;

/** `fail` prints a mistake and does not return. Resolves with the exit status when it was stopped. */
export async function runFault(
  flags: FaultFlags,
  chosen: readonly ChosenFault[],
  fail: (message: string) => never,
): Promise<number> {
  const { columns, paint } = screen();
  if (flags.list === true) {
    process.stdout.write(`${faultListLines(faultTable, columns, paint).join("\n")}\n`);
    return exitStatus.fine;
  }
  const plan = readFaultPlan(flags, chosen, fail);
  if (plan.caToShow !== undefined) {
    process.stderr.write(
      "clients have to trust this authority, which is of this run only (--save-ca FILE saves it):\n",
    );
    process.stderr.write(`${plan.caToShow.trimEnd()}\n`);
  }
  const isLive = process.stdout.isTTY && flags.json !== true;
  const relay = new Relay({
    ...plan.options,
    onDoing: (doing) => {
      if (!isLive) printDoing(doing, flags.json === true);
    },
  });
  try {
    await relay.start();
  } catch (error) {
    return fail(`cannot listen on ${flags.listen}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const says = chosen.map(({ fault }) => fault.says);
  const show = isLive ? live(relay, plan, chosen) : plain(relay, plan, flags, says);
  await stopped(flags.for);
  await relay.close();
  show.finish();
  return exitStatus.fine;
}

interface Show {
  finish(): void;
}

function live(relay: Relay, plan: FaultPlan, chosen: readonly ChosenFault[]): Show {
  const { paint } = screen();
  const live = new LiveScreen(process.stdout);
  const beganMs = performance.now();
  const draw = (): readonly string[] =>
    faultPicture(viewOf(relay, plan, chosen, performance.now() - beganMs), live.columns, paint);
  live.draw(draw());
  const timer = setInterval(() => live.draw(draw()), drawEveryMs);
  return {
    finish: () => {
      clearInterval(timer);
      live.finish(draw());
    },
  };
}

function viewOf(relay: Relay, plan: FaultPlan, chosen: readonly ChosenFault[], elapsedMs: number): FaultView {
  const { told, open, accepted } = relay;
  return {
    places: placesOf(relay, plan),
    elapsedMs,
    open,
    accepted,
    rows: chosen.map(({ fault }) => ({ says: fault.says, count: told.count(fault.id) })),
    newest: told.newest,
  };
}

function plain(relay: Relay, plan: FaultPlan, flags: FaultFlags, says: readonly string[]): Show {
  const asJson = flags.json === true;
  const host = plan.options.listen?.host ?? "127.0.0.1";
  const listening = {
    kind: "listening",
    address: `${host}:${relay.port}`,
    to: plan.to,
    seed: flags.seed,
    faults: says,
  };
  process.stdout.write(
    asJson
      ? `${JSON.stringify(listening)}\n`
      : `${placesOf(relay, plan)}, seed ${flags.seed}: ${says.length === 0 ? "no fault" : says.join("; ")}\n`,
  );
  return {
    finish: () => {
      const { accepted, told } = relay;
      const ended = { kind: "ended", connections: accepted, done: told.counts };
      const counts = Object.entries(told.counts).map(([fault, count]) => `${fault} ${count}`);
      const words = counts.length === 0 ? "nothing was done" : counts.join(", ");
      process.stdout.write(asJson ? `${JSON.stringify(ended)}\n` : `${plural(accepted, "connection")}; ${words}\n`);
    },
  };
}

function printDoing(doing: Doing, asJson: boolean): void {
  if (process.stdout.writableLength > maxWaitingBytes) return;
  process.stdout.write(
    asJson ? `${JSON.stringify({ kind: "done", ...doing })}\n` : `${doingLine(doing, screen().paint)}\n`,
  );
}

function placesOf(relay: Relay, plan: FaultPlan): string {
  const host = plan.options.listen?.host ?? "127.0.0.1";
  return `${host.includes(":") ? `[${host}]` : host}:${relay.port} → ${plan.to}`;
}

/** By signal, by time, or because nobody reads any more (`| head`). */
function stopped(forMs: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    const stop = (): void => {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
    process.stdout.on("error", stop);
    const timer = forMs === undefined ? undefined : setTimeout(stop, forMs);
  });
}

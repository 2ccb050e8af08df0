/**
 * Owns a driver's child process from the outside: starts it, reads its lines, and ends it when it is done or its time is up.
 * A call without a line has never settled.
 */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { CallFailure, DriverLine, DriverOrder } from "./driver.ts";

export interface FailedCall extends CallFailure {
  readonly id: number;
}

export type ClientRun =
  | {
      readonly kind: "ran";
      readonly ok: number;
      readonly failed: readonly FailedCall[];
      readonly neverSettled: number;
      /** What the child said on stderr, if it ended before it was done. */
      readonly trouble?: string;
    }
  /** The client cannot run here. */
  | { readonly kind: "skipped"; readonly why: string };

/** What a child prints on stderr is kept up to so many characters: enough for an error with its stack. */
const stderrKeptChars = 2_000;

/** Runs one order. The child is killed after `limitMs` whatever it does. */
export async function runClient(
  program: readonly [command: string, file: string],
  order: DriverOrder,
  limitMs: number,
): Promise<ClientRun> {
  const [command, file] = program;
  const child = spawn(command, [file, JSON.stringify(order)], { stdio: ["ignore", "pipe", "pipe"] });
  const kill = (): void => void child.kill("SIGKILL");
  const limit = setTimeout(kill, limitMs);
  // No child outlives this process, even where it is ended in the middle of a run.
  process.once("exit", kill);
  const ended = new Promise<string | undefined>((resolve) => {
    child.once("error", (error) => resolve(String(error)));
    child.once("close", () => resolve(undefined));
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-stderrKeptChars)));

  const outcomes = new Map<number, DriverLine>();
  let last: DriverLine | undefined;
  createInterface({ input: child.stdout }).on("line", (text) => {
    // A library may print what it likes; the driver's lines are objects.
    if (!text.startsWith("{")) return;
    last = JSON.parse(text) as DriverLine;
    if (last.kind === "ok" || last.kind === "failed") outcomes.set(last.id, last);
  });
  const startError = await ended;
  clearTimeout(limit);
  process.off("exit", kill);

  if (startError !== undefined) return { kind: "skipped", why: startError };
  if (last?.kind === "skipped") return { kind: "skipped", why: last.why };
  if (last === undefined) return { kind: "skipped", why: `the driver printed nothing; stderr: ${stderr.trim()}` };
  const run = summarize(outcomes, order.calls);
  return last.kind === "done" ? run : { ...run, trouble: `the driver ended early; stderr: ${stderr.trim()}` };
}

function summarize(outcomes: ReadonlyMap<number, DriverLine>, calls: number): Extract<ClientRun, { kind: "ran" }> {
  let ok = 0;
  const failed: FailedCall[] = [];
  for (const line of outcomes.values()) {
    if (line.kind === "ok") ok++;
    if (line.kind !== "failed") continue;
    const { kind: _, ...failure } = line;
    failed.push(failure);
  }
  return { kind: "ran", ok, failed, neverSettled: calls - ok - failed.length };
}

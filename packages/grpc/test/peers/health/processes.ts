/** Owns the processes of a story: whatever it starts is ended with it, and says its lines to whoever waits for them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Running {
  readonly child: ChildProcess;
  /** What it said so far, on either stream. */
  readonly lines: readonly string[];
  /** Settles with its exit status, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const running = new Set<Running>();

/** For `afterEach`. */
export async function endAll(): Promise<void> {
  for (const { child, ended } of running) {
    child.kill("SIGKILL");
    await ended;
  }
  running.clear();
}

export function start(program: string, ...args: readonly string[]): Running {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", (line) => lines.push(line));
  const ended = once(child, "close").then(([status, signal]) => (status ?? signal) as number | string);
  const made = { child, lines, ended };
  running.add(made);
  return made;
}

/** Waits in real time until `so`, at most 10 s; fails with `what`. */
export async function until(what: string, so: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 500; left > 0; left--) {
    if (await so()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`did not happen in 10 s: ${what}`);
}

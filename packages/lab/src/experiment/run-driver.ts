/**
 * Owns a driver's child process from the outside: gives it an order, reads its lines, and ends it when it is done or when its
 * time is up. Does not own what the lines mean (`count.ts`).
 */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Driver } from "../drivers/drivers.ts";
import type { ClientLine, ClientOrder } from "./client-order.ts";

export interface DriverRun {
  /** It said `done`: whatever has no line never settled. */
  readonly done: boolean;
  /** How it ended instead, in words. */
  readonly trouble?: string;
}

export interface DriverOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The child is killed after this time whatever it does. */
  readonly limitMs: number;
  /** Kills it at once. */
  readonly signal?: AbortSignal;
}

/** What a child prints on stderr is kept up to so many characters: enough for an error with its stack. */
const stderrKeptChars = 2_000;

/** Runs one order; `onLine` hears each line as it comes. */
export async function runDriver(
  driver: Driver,
  order: ClientOrder,
  options: DriverOptions,
  onLine: (line: ClientLine) => void,
): Promise<DriverRun> {
  const child = spawn(driver.command, [...driver.args, JSON.stringify(order)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
  });
  const kill = (): void => void child.kill("SIGKILL");
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    kill();
  }, options.limitMs);
  // No child outlives this process, even where it is ended in the middle of a run.
  process.once("exit", kill);
  options.signal?.addEventListener("abort", kill);
  if (options.signal?.aborted === true) kill();
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(String(error)));
    child.once("close", (status, signal) => resolve(signal === null ? `exit status ${status}` : `ended by ${signal}`));
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-stderrKeptChars)));
  let done = false;
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line = readLine(text);
    if (line === undefined) return;
    if (line.kind === "done" || line.kind === "unsupported" || line.kind === "skipped") done = true;
    onLine(line);
  });
  const end = await ended;
  clearTimeout(limit);
  process.off("exit", kill);
  options.signal?.removeEventListener("abort", kill);
  if (done) return { done };
  const how = late ? `it was not done after ${options.limitMs} ms` : end;
  return {
    done,
    trouble: `the driver of ${driver.client} ended early (${how}); stderr: ${stderr.trim() || "nothing"}`,
  };
}

/** A library may print what it likes; the driver's lines are objects with a kind. */
function readLine(text: string): ClientLine | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const line = JSON.parse(text) as ClientLine;
    return typeof line.kind === "string" ? line : undefined;
  } catch {
    return undefined;
  }
}

/** Owns the process of a written server: started on a free port of loopback, ended with SIGTERM as a platform does it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** 20 s: longer than any of them takes to begin or to end; it ends a hang. */
const limitMs = 20_000;

export interface WrittenServer {
  readonly address: string;
  /** SIGTERM; resolves with the exit status, or -1 when it had to be killed. */
  stop(): Promise<number>;
}

export async function startServer([program, ...args]: readonly [string, ...string[]]): Promise<WrittenServer> {
  const child = spawn(program, [...args, "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  const last = setTimeout(() => child.kill("SIGKILL"), 6 * limitMs);
  last.unref();
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^listening (\S+:\d+)$/.exec(line)?.[1];
    if (address !== undefined) return { address, stop: () => stop(child) };
  }
  throw new Error(`${program} ${args.join(" ")} ended before it listened`);
}

async function stop(child: ChildProcess): Promise<number> {
  const ended = once(child, "exit") as Promise<[number | null]>;
  child.kill("SIGTERM");
  const last = setTimeout(() => child.kill("SIGKILL"), limitMs);
  const [status] = await ended;
  clearTimeout(last);
  // The JVM says that a signal ended it, after its hooks ran.
  return status ?? -1;
}

/** Owns the processes of peers: one that serves until it is told to stop, one that runs to its end and prints facts. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface ServingPeer {
  readonly port: number;
  close(): Promise<void>;
}

// 20 s: longer than any of them takes; it ends a hang.
const defaultLimitMs = 20_000;

/** Starts a program that prints `listening PORT` and ends when its standard input does. */
export async function servingPeer(program: string, ...args: readonly string[]): Promise<ServingPeer> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "close");
  const lines = createInterface({ input: child.stdout });
  const close = async (): Promise<void> => {
    child.stdin.end();
    const last = setTimeout(() => child.kill("SIGKILL"), 2_000);
    await ended;
    clearTimeout(last);
  };
  for await (const line of lines) {
    const port = /^listening (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return { port: Number(port), close };
  }
  throw new Error(`${program} ${args.join(" ")} ended before it listened`);
}

export interface RunOfPeer {
  readonly status: number;
  readonly out: string;
}

/** Runs a program to its end; what it says, on either stream, is `out`. */
export async function runPeer(
  { limitMs = defaultLimitMs }: { readonly limitMs?: number },
  program: string,
  ...args: readonly string[]
): Promise<RunOfPeer> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], timeout: limitMs, killSignal: "SIGKILL" });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (out += String(piece)));
  const [status] = (await once(child, "close")) as [number | null];
  return { status: status ?? -1, out };
}

/** Runs a program that prints one object of JSON. */
export async function factsOf(program: string, ...args: readonly string[]): Promise<unknown> {
  const { status, out } = await runPeer({}, program, ...args);
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${out}`);
  return JSON.parse(out.trim().split("\n").at(-1) ?? "");
}

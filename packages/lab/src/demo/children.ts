/**
 * Owns the demo's child processes as processes: whatever way the parent ends, none of them is left behind. Does not know
 * what they do.
 */

import type { ChildProcess, SpawnOptions } from "node:child_process";
import { spawn } from "node:child_process";

/** What a child prints on stderr is kept up to so many characters: enough for an error with its stack. */
const stderrKeptChars = 2_000;

export interface Child {
  readonly process: ChildProcess;
  /** The end of what it said on stderr. */
  stderr(): string;
  /** Settles when the process is gone and its pipes are read. Never rejects; a failed start is told in words. */
  readonly ended: Promise<string>;
}

export class Children {
  readonly #alive = new Set<ChildProcess>();
  #closed = false;
  /** The last chance: an exit by an error or by `process.exit`. Children also end by themselves when their pipe breaks. */
  readonly #onExit = (): void => this.killAll();

  constructor() {
    process.on("exit", this.#onExit);
  }

  spawn(command: string, args: readonly string[], stdio: NonNullable<SpawnOptions["stdio"]>): Child {
    if (this.#closed) throw new Error("the run is over: no more processes");
    // A session of its own: Ctrl-C in the terminal is for the parent, which decides who goes when.
    const child = spawn(command, args, { stdio, detached: true });
    this.#alive.add(child);
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-stderrKeptChars)));
    const ended = new Promise<string>((resolve) => {
      child.once("error", (error) => {
        this.#alive.delete(child);
        resolve(error.message);
      });
      child.once("close", (code, signal) => {
        this.#alive.delete(child);
        resolve(signal ?? `exit status ${code}`);
      });
    });
    return { process: child, stderr: () => stderr.trim(), ended };
  }

  /** At once, by pid. */
  killAll(): void {
    for (const child of this.#alive) child.kill("SIGKILL");
  }

  /** Ends what is left and lets go of the process. */
  async close(): Promise<void> {
    this.#closed = true;
    const gone = [...this.#alive].map((child) => new Promise((resolve) => child.once("close", resolve)));
    this.killAll();
    await Promise.all(gone);
    process.off("exit", this.#onExit);
  }
}

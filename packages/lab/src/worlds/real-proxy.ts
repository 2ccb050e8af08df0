/**
 * Owns a real proxy in a process of its own, in a folder that is thrown away, on an address of this machine's loopback that no
 * other program uses. Does not own what it is configured to do (`nginx-world.ts`, `haproxy-world.ts`).
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "../demo/children.ts";
import { Children } from "../demo/children.ts";

export interface ProxyPlace {
  readonly host: string;
  readonly port: number;
  readonly folder: string;
}

export interface ProxyProgram {
  readonly command: string;
  /** The configuration's file comes last. */
  readonly args: (place: ProxyPlace) => readonly string[];
  readonly config: (place: ProxyPlace) => string;
}

const port = 8_443; // any: each proxy has an address of its own
/** Long enough for a busy machine. */
const startLimitMs = 10_000;

/** One for all, so that none is left behind whatever way this process ends. */
let children: Children | undefined;
let started = 0;

/** An address for each proxy of a process, and other ones for each process: nobody takes a port that is free for a moment. */
function nextHost(): string {
  const number = started++;
  return `127.${64 + (process.pid % 128)}.${1 + (Math.floor(number / 250) % 250)}.${1 + (number % 250)}`;
}

export class RealProxy implements AsyncDisposable {
  readonly place: ProxyPlace;
  readonly #program: ProxyProgram;
  readonly #processes: Child[] = [];

  /** Use `RealProxy.start`. */
  private constructor(program: ProxyProgram) {
    this.#program = program;
    this.place = { host: nextHost(), port, folder: mkdtempSync(path.join(tmpdir(), "holdfast-lab-")) };
  }

  /** @throws Error if the machine does not have the program, or it does not listen, with what it said. */
  static async start(program: ProxyProgram): Promise<RealProxy> {
    const proxy = new RealProxy(program);
    try {
      await proxy.#start();
      return proxy;
    } catch (error) {
      await proxy[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** To the process that was started last. */
  signal(name: NodeJS.Signals): void {
    this.#processes.at(-1)?.process.kill(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { process } of this.#processes) process.kill("SIGTERM");
    const last = setTimeout(() => this.#killAll(), 2_000);
    await Promise.all(this.#processes.map(({ ended }) => ended));
    clearTimeout(last);
    rmSync(this.place.folder, { recursive: true, force: true });
  }

  /** One more process with the same configuration; `more` arguments go before the others. */
  async startNext(more: (pid: number) => readonly string[]): Promise<void> {
    await this.#start(more(this.#processes.at(-1)?.process.pid ?? 0));
  }

  async #start(more: readonly string[] = []): Promise<void> {
    const { command, args, config } = this.#program;
    const file = path.join(this.place.folder, "config");
    writeFileSync(file, config(this.place));
    children ??= new Children();
    const child = children.spawn(command, [...more, ...args(this.place), file], ["ignore", "ignore", "pipe"]);
    this.#processes.push(child);
    let end: string | undefined;
    void child.ended.then((how) => (end = how));
    for (const giveUpAt = performance.now() + startLimitMs; performance.now() < giveUpAt; await sleep(10)) {
      if (end !== undefined) break;
      if (await accepts(this.place)) return;
    }
    throw new Error(`${command} did not listen: ${end ?? "no time left"}; ${child.stderr() || "nothing on stderr"}`);
  }

  #killAll(): void {
    for (const { process } of this.#processes) process.kill("SIGKILL");
  }
}

function accepts(at: { readonly host: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(at);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/**
 * Owns one server under attack as a process: starts it, reads its port, and says what it has cost so far. Processor time and
 * memory are read from Linux's /proc, so that a server in Go is measured as one in Node is.
 */

import type { ChildProcess } from "node:child_process";
import fs from "node:fs";
import { createInterface } from "node:readline";
import { Children } from "../demo/children.ts";
import type { SubjectOrder } from "./subjects/order.ts";

export interface SubjectProgram {
  readonly name: string;
  /** With its version. */
  readonly title: string;
  readonly command: readonly [program: string, ...args: string[]];
}

export class Subject implements AsyncDisposable {
  readonly port: number;
  readonly #children: Children;
  readonly #process: ChildProcess;
  readonly #pid: number;

  private constructor(children: Children, process: ChildProcess, pid: number, port: number) {
    this.#children = children;
    this.#process = process;
    this.#pid = pid;
    this.port = port;
  }

  /** @throws Error when the program ends before it says where it listens. */
  static async start({ name, command: [program, ...args] }: SubjectProgram, order: SubjectOrder): Promise<Subject> {
    const children = new Children();
    const child = children.spawn(program, [...args, JSON.stringify(order)], ["pipe", "pipe", "pipe"]);
    const { process, ended } = child;
    const { stdout } = process;
    if (stdout === null) throw new Error(`${name}: no pipe to read from`);
    const line = new Promise<string>((resolve) => createInterface({ input: stdout }).once("line", resolve));
    const first = await Promise.race([line, ended.then((how) => `it ended: ${how} ${child.stderr()}`)]);
    const port = Number(/^listening (\d+)$/.exec(first)?.[1]);
    if (Number.isNaN(port) || process.pid === undefined) {
      await children.close();
      throw new Error(`${name}: expected a port, got ${first}`);
    }
    return new Subject(children, process, process.pid, port);
  }

  get alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Processor time of all its threads since its start, µs; 0 once it is gone. */
  cpuMicros(): number {
    try {
      const folder = `/proc/${this.#pid}/task`;
      const nanos = fs.readdirSync(folder).map((thread) => readNumber(`${folder}/${thread}/schedstat`, /^(\d+)/));
      return nanos.reduce((sum, each) => sum + each, 0) / 1_000;
    } catch {
      return 0;
    }
  }

  /** Resident memory now, bytes. */
  residentBytes(): number {
    return this.#status("VmRSS");
  }

  /** The highest that resident memory was since `forgetPeak`, bytes. */
  peakBytes(): number {
    return this.#status("VmHWM");
  }

  /** proc(5), clear_refs: 5 sets the peak to what is resident now. */
  forgetPeak(): void {
    fs.writeFileSync(`/proc/${this.#pid}/clear_refs`, "5");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#children.close();
  }

  #status(field: string): number {
    try {
      // The file counts in units of 1,024 bytes.
      return readNumber(`/proc/${this.#pid}/status`, new RegExp(`^${field}:\\s+(\\d+) kB`, "m")) * 1_024;
    } catch {
      return 0;
    }
  }
}

function readNumber(file: string, pattern: RegExp): number {
  return Number(pattern.exec(fs.readFileSync(file, "utf8"))?.[1] ?? 0);
}

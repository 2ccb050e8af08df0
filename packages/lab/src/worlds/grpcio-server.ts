/**
 * Owns worlds of real grpcio servers, with any options and any way of stopping (`python/grpcio-subjects.py`). One Python process
 * serves all trials: starting one takes longer than a trial.
 */

import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { pythonProgram } from "../drivers/built-program.ts";
import type { World } from "../experiment/world.ts";
import { Ledger } from "../peer/ledger.ts";

/** A stop under the calls of a server, and the server that comes after it. */
export interface StoppedGrpcio {
  readonly how: "grace-none" | "grace-zero" | "grace-long" | "graceful-shutdown-method" | "end-first";
  /** How long after the first counted call has begun, in ms. */
  readonly afterMs: number;
  /** Another server listens on the same port so long after the stop, in ms. */
  readonly downMs: number;
}

export interface GrpcioServer {
  /** How long a counted call takes, in ms. */
  readonly answerMs: number;
  /** Channel arguments of the server. */
  readonly options?: Readonly<Record<string, string | number>>;
  /** Default: it is not stopped. */
  readonly stop?: StoppedGrpcio;
}

interface Subject {
  readonly ledger: Ledger;
  readonly notes: string[];
  readonly opened: (port: number) => void;
  readonly failed: (why: Error) => void;
}

type Line =
  | { readonly opened: number; readonly port: number }
  | { readonly executed: number; readonly call: number }
  | { readonly note: number; readonly text: string };

class Grpcio {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #subjects = new Map<number, Subject>();
  #last = 0;
  #stderr = "";

  constructor() {
    const program = pythonProgram("grpcio-subjects");
    if ("absent" in program) throw new Error(program.absent);
    this.#child = spawn(program.command, program.args, { stdio: ["pipe", "pipe", "pipe"] });
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#hear(JSON.parse(line) as Line));
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-1_000);
    });
    this.#child.on("error", (error) => this.#ended(error));
    this.#child.on("close", () => this.#ended(new Error(`the grpcio servers ended: ${this.#stderr}`)));
    this.#child.stdin.on("error", () => {});
  }

  open(server: GrpcioServer): Promise<World> {
    const number = ++this.#last;
    const ledger = new Ledger();
    const notes: string[] = [];
    const port = new Promise<number>((opened, failed) => {
      this.#subjects.set(number, { ledger, notes, opened, failed });
      this.#holdProcess();
    });
    this.#order({ open: number, ...server });
    return port.then((bound) => ({
      target: `127.0.0.1:${bound}`,
      executions: (callId) => ledger.executions(callId),
      notes,
      [Symbol.asyncDispose]: () => {
        this.#order({ close: number });
        this.#subjects.delete(number);
        this.#holdProcess();
        return Promise.resolve();
      },
    }));
  }

  /** While a world is open this process waits for its servers; after that it may end, and the servers with its pipe. */
  #holdProcess(): void {
    const { stdin, stdout, stderr } = this.#child;
    const handles = [this.#child, stdin, stdout, stderr] as unknown as { ref(): void; unref(): void }[];
    for (const handle of handles) {
      if (this.#subjects.size > 0) handle.ref();
      else handle.unref();
    }
  }

  #order(order: object): void {
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
  }

  #hear(line: Line): void {
    if ("opened" in line) this.#subjects.get(line.opened)?.opened(line.port);
    else if ("executed" in line) this.#subjects.get(line.executed)?.ledger.execute(line.call);
    else this.#subjects.get(line.note)?.notes.push(line.text);
  }

  #ended(why: Error): void {
    for (const subject of this.#subjects.values()) subject.failed(why);
    this.#subjects.clear();
    if (running === this) running = undefined;
  }
}

let running: Grpcio | undefined;

/** A real grpcio server, stopped under its calls if that is asked for. */
export function grpcioServer(server: GrpcioServer): Promise<World> {
  running ??= new Grpcio();
  return running.open(server);
}

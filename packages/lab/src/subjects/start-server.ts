/**
 * Owns a server under test from the outside: its process, its journal, its end and its next life on the same port. Does not
 * own what is done to it in an experiment.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Child } from "../demo/children.ts";
import { Children } from "../demo/children.ts";
import { JournalReader } from "../demo/journal.ts";
import type { Certificate } from "../peer/certificate.ts";
import { Ledger } from "../peer/ledger.ts";
import type { ServerId, ServerLine, ServerOrder, ServerSettings } from "./server-order.ts";
import { serverProgram } from "./servers.ts";

export interface StartOptions {
  readonly settings?: ServerSettings;
  /** Serve TLS with it. Default: plain text. */
  readonly certificate?: Certificate;
  /** Of 127.0.0.1. Default: a free one. */
  readonly port?: number;
  /** How many files its process may have open, sockets among them (RLIMIT_NOFILE). Default: as many as this one. */
  readonly openFiles?: number;
}

/** One for all, so that none is left behind whatever way this process ends. */
let children: Children | undefined;

/** @throws Error if the machine cannot have the server, or it does not listen, with what it said. */
export async function startServer(server: ServerId, options: StartOptions = {}): Promise<RunningServer> {
  const running = new RunningServer(server, options);
  await running.start();
  return running;
}

export class RunningServer implements AsyncDisposable {
  /** Told by its library: versions of it and of what runs it. */
  versions: Readonly<Record<string, string>> = {};
  readonly #server: ServerId;
  readonly #options: StartOptions;
  readonly #folder = mkdtempSync(path.join(tmpdir(), "holdfast-lab-"));
  readonly #journal: JournalReader;
  readonly #ledger = new Ledger();
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  #child: Child | undefined;
  #port: number;
  #executed = 0;
  #over = false;

  /** Use `startServer`. */
  constructor(server: ServerId, options: StartOptions) {
    this.#server = server;
    this.#options = options;
    this.#port = options.port ?? 0;
    this.#journal = new JournalReader(this.#journalFile);
  }

  get #journalFile(): string {
    return path.join(this.#folder, "journal");
  }

  get port(): number {
    return this.#port;
  }

  /** How often handlers were given the call, in all lives of the server. */
  executions(callId: number): number {
    for (const line of this.#journal.lines()) this.#ledger.execute(Number(line));
    return this.#ledger.executions(callId);
  }

  /** Settles when so many calls in all have been given to handlers; never, if they do not come. */
  executed(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#executed >= count) resolve();
      else this.#waiting.push({ count, resolve });
    });
  }

  signal(name: NodeJS.Signals): void {
    this.#child?.process.kill(name);
  }

  /** Settles when its process is gone, with how. */
  get ended(): Promise<string> {
    return this.#child?.ended ?? Promise.resolve("it has not been started");
  }

  /** Listens again on the same port, once its last life has ended; after its disposal nothing is started any more. */
  async start(): Promise<void> {
    if (this.#over) return;
    const program = serverProgram(this.#server);
    if ("absent" in program) throw new Error(`no server of ${this.#server}: ${program.absent}`);
    const { certificate, settings = {}, openFiles } = this.#options;
    const order: ServerOrder = {
      port: this.#port,
      journal: this.#journalFile,
      settings,
      ...(certificate !== undefined && { tls: certificate }),
    };
    children ??= new Children();
    const [command, ...args] = within(openFiles, [program.command, ...program.args, JSON.stringify(order)]);
    const child = children.spawn(command, args, ["pipe", "pipe", "pipe"]);
    this.#child = child;
    this.#port = await new Promise<number>((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`the server of ${this.#server} did not start: ${why}`));
      void child.ended.then((how) => fail(`${how}; ${child.stderr() || "nothing on stderr"}`));
      if (child.process.stdout === null) return;
      createInterface({ input: child.process.stdout }).on("line", (text) => {
        const line = readLine(text);
        if (line?.kind === "versions") this.versions = line.versions;
        if (line?.kind === "listening") resolve(line.port);
        if (line?.kind === "unsupported") fail(`it has no setting ${line.setting}: ${line.why}`);
        if (line?.kind === "failed") fail(line.text);
        if (line?.kind === "executed") this.#noteExecuted();
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true;
    this.signal("SIGKILL");
    await this.#child?.ended;
    this.#journal.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #noteExecuted(): void {
    this.#executed++;
    for (const { count, resolve } of this.#waiting) if (this.#executed >= count) resolve();
  }
}

/** The command under its limit; a shell sets it and becomes the command. */
function within(openFiles: number | undefined, command: [string, ...string[]]): [string, ...string[]] {
  return openFiles === undefined ? command : ["sh", "-c", `ulimit -n ${openFiles} && exec "$0" "$@"`, ...command];
}

/** A library may print what it likes; the server's lines are objects with a kind. */
function readLine(text: string): ServerLine | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as ServerLine;
  } catch {
    return undefined;
  }
}

/**
 * Owns one backend from the parent's side: its port, its process and the next one after it, and their journals. Does not
 * decide when it goes (`restart-plan.ts`).
 */

import { setTimeout as sleep } from "node:timers/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Child, Children } from "./children.ts";
import type { ServerKind } from "./demo-plan.ts";
import { drainGraceMs } from "./demo-plan.ts";
import { DemoTrouble } from "./demo-trouble.ts";
import { JournalReader } from "./journal.ts";
import type { BackendOrder } from "./programs/serve.ts";
import { readyLine } from "./programs/serve.ts";
import { python } from "./python.ts";
import type { RestartSignal } from "./restart-plan.ts";

export type BackendState = "starting" | "up" | "draining" | "down";

export interface BackendSetting extends Omit<BackendOrder, "journal" | "drainGraceMs"> {
  /** From 1. */
  readonly number: number;
  readonly server: ServerKind;
  readonly folder: string;
  /** Hears each id in a journal, and which journal it was. */
  readonly onExecuted: (id: string, journal: string) => void;
  /** It ended, and nobody had told it to. */
  readonly onTrouble: (trouble: DemoTrouble) => void;
}

/** A process that does not listen after so long, or a SIGTERM that it does not obey, is told as trouble. */
const startLimitMs = 20_000; // an interpreter on a machine that does ten other things
const drainLimitMs = drainGraceMs + 5_000; // its own limit, and time to leave

interface Life {
  readonly child: Child;
  readonly journal: JournalReader;
  readonly journalName: string;
}

export class Backend {
  readonly number: number;
  readonly #setting: BackendSetting;
  readonly #children: Children;
  #life: Life | undefined;
  #lives = 0;
  #state: BackendState = "down";

  constructor(children: Children, setting: BackendSetting) {
    this.number = setting.number;
    this.#children = children;
    this.#setting = setting;
  }

  get state(): BackendState {
    return this.#state;
  }

  /** Resolves when it takes calls. Rejects with `DemoTrouble` if it does not get there. */
  async start(): Promise<void> {
    const { number, port, seed, tls, folder } = this.#setting;
    this.#state = "starting";
    const journalName = `backend-${number}.${++this.#lives}`;
    const journal = `${folder}/${journalName}.journal`;
    const reader = new JournalReader(journal);
    const child = this.#children.spawn(...programOf(this.#setting.server), ["pipe", "pipe", "pipe"]);
    this.#life = { child, journal: reader, journalName };
    const order: BackendOrder = { port, journal, seed, drainGraceMs, ...(tls === undefined ? {} : { tls }) };
    // Its end may come before the order is read; `ended` tells of it.
    child.process.stdin?.on("error", () => {});
    child.process.stdin?.write(`${JSON.stringify(order)}\n`);
    const how = await within(startLimitMs, isReady(child), child.ended);
    if (how !== readyLine) throw this.#trouble(how === undefined ? "did not listen in time" : `ended (${how})`);
    this.#state = "up";
    void child.ended.then((ending) => {
      if (this.#state === "up") this.#setting.onTrouble(this.#trouble(`ended by itself (${ending})`));
    });
  }

  /** Sends the signal, waits for the end, and starts again on the same port. */
  async restart(signal: RestartSignal): Promise<void> {
    await this.stop(signal);
    await this.start();
  }

  /** Resolves when the process is gone and its journal read. */
  async stop(signal: RestartSignal): Promise<void> {
    const life = this.#life;
    if (life === undefined) return;
    this.#state = signal === "SIGTERM" ? "draining" : "down";
    life.child.process.kill(signal);
    const how = await within(drainLimitMs, life.child.ended);
    if (how === undefined) throw this.#trouble(`did not end after ${signal}`);
    this.#state = "down";
    this.readJournal();
    life.journal.close();
    this.#life = undefined;
  }

  readJournal(): void {
    if (this.#life === undefined) return;
    for (const id of this.#life.journal.lines()) this.#setting.onExecuted(id, this.#life.journalName);
  }

  #trouble(what: string): DemoTrouble {
    const said = this.#life?.child.stderr() ?? "";
    return new DemoTrouble(`backend ${this.number} (${this.#setting.server}) ${what}`, said);
  }
}

function programOf(server: ServerKind): readonly [command: string, args: readonly string[]] {
  if (server === "grpcio") return [python, [fileURLToPath(new URL("../../python/shop-server.py", import.meta.url))]];
  // Programs run as they are built: also from the sources under a test, where this file is in `src`.
  const file = new URL(`../../dist/demo/programs/${server}-backend.js`, import.meta.url);
  return [process.execPath, [fileURLToPath(file)]];
}

function isReady({ process: { stdout } }: Child): Promise<string> {
  return new Promise((resolve) => {
    if (stdout !== null) createInterface({ input: stdout }).on("line", (line) => line === readyLine && resolve(line));
  });
}

/** The first of these, or undefined when the time is up. */
async function within<T>(limitMs: number, ...promises: readonly Promise<T>[]): Promise<T | undefined> {
  const stop = new AbortController();
  const limit = sleep(limitMs, undefined, { signal: stop.signal }).catch(() => undefined);
  const first = await Promise.race([...promises, limit]);
  stop.abort();
  return first;
}

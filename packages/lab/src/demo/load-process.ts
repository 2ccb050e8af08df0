/** Owns one client process from the parent's side: its start, what it reports, its end. Counting is the tally's. */

import { fileURLToPath } from "node:url";
import type { Child, Children } from "./children.ts";
import type { ClientName } from "./demo-plan.ts";
import { DemoTrouble } from "./demo-trouble.ts";
import type { LoadOrder, LoadReport } from "./programs/load.ts";

export type Progress = Extract<LoadReport, { kind: "progress" }>;

export class LoadProcess {
  readonly #order: Extract<LoadOrder, { kind: "order" }>;
  readonly #child: Child;
  /** Resolves when the client can begin; rejects if it ends before. */
  readonly ready: Promise<void>;
  /** Resolves when every call is accounted for; rejects if the process ends before. */
  readonly done: Promise<void>;

  constructor(children: Children, order: Extract<LoadOrder, { kind: "order" }>, onProgress: (news: Progress) => void) {
    this.#order = order;
    // Programs run as they are built: also from the sources under a test, where this file is in `src`.
    const file = fileURLToPath(new URL(`../../dist/demo/programs/${order.client}-client.js`, import.meta.url));
    this.#child = children.spawn(process.execPath, [file], ["ignore", "ignore", "pipe", "ipc"]);
    this.#child.process.on("message", (message) => {
      const report = message as LoadReport;
      if (report.kind === "progress") onProgress(report);
    });
    this.ready = this.#heard("ready");
    this.done = this.#heard("done");
    // Whoever awaits them hears of a rejection; until then it is nobody's.
    this.ready.catch(() => {});
    this.done.catch(() => {});
    this.#tell(order);
  }

  get client(): ClientName {
    return this.#order.client;
  }

  start(atMs: number): void {
    this.#tell({ kind: "start", atMs });
  }

  /** No more arrivals; open calls go on. */
  stop(): void {
    this.#tell({ kind: "stop" });
  }

  #tell(order: LoadOrder): void {
    // A child that is gone is told of by `ready` and `done`.
    if (this.#child.process.connected) this.#child.process.send(order, () => {});
  }

  #heard(kind: LoadReport["kind"]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.process.on("message", (message) => {
        if ((message as LoadReport).kind === kind) resolve();
      });
      void this.#child.ended.then((how) => {
        const what = `the ${this.client} client ended by itself (${how})`;
        reject(new DemoTrouble(what, this.#child.stderr()));
      });
    });
  }
}

/**
 * Owns one run from its first process to its last: starts backends and clients, lets backends go in turns, reads the
 * journals, and judges when everything is over. Shows nothing; whoever shows it asks for the `view`.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createCertificate } from "../peer/certificate.ts";
import { Backend } from "./backend.ts";
import { Children } from "./children.ts";
import { ClientScore } from "./client-score.ts";
import type { DemoPlan } from "./demo-plan.ts";
import { backendCount } from "./demo-plan.ts";
import type { DemoTrouble } from "./demo-trouble.ts";
import type { DemoResult, DemoView } from "./demo-view.ts";
import { freePorts } from "./free-ports.ts";
import { LoadProcess } from "./load-process.ts";
import type { Restart } from "./restart-plan.ts";
import { restartPlan } from "./restart-plan.ts";
import type { NamedFailure } from "./tally.ts";
import { Tally } from "./tally.ts";
import { judge } from "./verdict.ts";

/** From the word "start" to the first moment of the schedule: the word must have reached both clients. */
const leadMs = 100;
/** How often journals are read and the pace is measured. */
const sampleEveryMs = 250;
/** Code is compiled and connections are made in the first seconds; a short run gives a third of itself. */
const warmUpMs = 2_000; // both clients are level by then

/** Makes a run; starts nothing. */
export class Demo {
  readonly plan: DemoPlan;
  readonly #tally = new Tally();
  readonly #children = new Children();
  readonly #scores: readonly ClientScore[];
  readonly #restarts: Restart[] = [];
  readonly #stopping = new AbortController();
  /** Resolves when the user waits no longer; rejects when the run cannot go on. */
  readonly #cut: Promise<"aborted">;
  #abort: () => void = () => {};
  #fail: (trouble: Error) => void = () => {};
  #backends: readonly Backend[] = [];
  #loads: readonly LoadProcess[] = [];
  #phase: DemoView["phase"] = "starting";
  #startedAtMs: number | undefined;
  #loadMs: number | undefined;

  constructor(plan: DemoPlan) {
    this.plan = plan;
    this.#scores = plan.clients.map((client) => new ClientScore(client, this.#tally));
    this.#cut = new Promise((resolve, reject) => {
      this.#abort = () => resolve("aborted");
      this.#fail = reject;
    });
    this.#cut.catch(() => {});
  }

  /** Ends when every call has settled and every process is gone. Rejects with `DemoTrouble` if it cannot be run. */
  async run(): Promise<DemoResult> {
    const folder = mkdtempSync(path.join(tmpdir(), "holdfast-demo-"));
    const sampling = setInterval(() => this.#sample(), sampleEveryMs);
    try {
      return await this.#unlessCut(this.#through(folder));
    } finally {
      clearInterval(sampling);
      await this.#children.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #through(folder: string): Promise<DemoResult> {
    await this.#start(folder);
    // Nothing was called, so there is nothing to judge.
    if (this.#stopping.signal.aborted) return { ending: "aborted", view: this.view() };
    await this.#goOn();
    // Only a backend that is gone has said everything.
    await Promise.all(this.#backends.map((backend) => backend.stop("SIGTERM")));
    this.#phase = "over";
    const ending = this.#stopping.signal.aborted ? "stopped" : "finished";
    return { ending, view: this.view(), verdict: judge(this.#tally.calls()) };
  }

  /** No more calls and restarts; what is open settles, and `run` ends. */
  stop(): void {
    this.#stopping.abort();
    for (const load of this.#loads) load.stop();
  }

  /** Waits for nothing, and leaves no timer to be waited for. */
  abort(): void {
    this.#abort();
    this.#stopping.abort();
  }

  /** Of all clients, in the order in which they were told; grows while the run goes on. */
  get failures(): readonly NamedFailure[] {
    return this.#tally.failures;
  }

  view(): DemoView {
    const average = this.#phase === "over" ? Math.max(1, this.#elapsedMs()) : undefined;
    return {
      plan: this.plan,
      phase: this.#phase,
      elapsedMs: this.#elapsedMs(),
      backends: this.#backends.map(({ number, state }) => ({ number, state })),
      restarts: [...this.#restarts],
      clients: this.#scores.map((score) => score.view(this.#restarts, average)),
    };
  }

  async #start(folder: string): Promise<void> {
    const { server, seed } = this.plan;
    const ports = await freePorts(backendCount);
    const tls = this.plan.tls ? createCertificate() : undefined;
    const onTrouble = (trouble: DemoTrouble): void => this.#fail(trouble);
    const onExecuted = (id: string, journal: string): void => this.#tally.executed(id, journal);
    this.#backends = ports.map((port, index) => {
      const setting = { number: index + 1, port, server, seed, folder, onExecuted, onTrouble };
      return new Backend(this.#children, tls === undefined ? setting : { ...setting, tls });
    });
    const target = `ipv4:${ports.map((port) => `127.0.0.1:${port}`).join(",")}`;
    this.#loads = this.#scores.map((score) => this.#load(score, target, tls?.certPem));
    const backendsUp = this.#backends.map((backend) => backend.start());
    await Promise.all([...backendsUp, ...this.#loads.map(({ ready }) => ready)]);
  }

  #load(score: ClientScore, target: string, caPem: string | undefined): LoadProcess {
    const { forMs, ratePerS, seed } = this.plan;
    const order = {
      kind: "order",
      client: score.client,
      target,
      ...(caPem === undefined ? {} : { caPem }),
      load: { forMs, ratePerS, seed },
      warmUpMs: Math.min(warmUpMs, forMs / 3),
    } as const;
    return new LoadProcess(this.#children, order, (news) => score.progress(news));
  }

  async #goOn(): Promise<void> {
    const startAtMs = Date.now() + leadMs;
    this.#startedAtMs = startAtMs;
    this.#phase = "running";
    for (const load of this.#loads) load.start(startAtMs);
    const restarting = this.#restartInTurns();
    await Promise.race([this.#sleepUntil(this.plan.forMs), Promise.all(this.#loads.map(({ done }) => done))]);
    this.#loadMs = this.#elapsedMs();
    this.#phase = "settling";
    await Promise.all([restarting, ...this.#loads.map(({ done }) => done)]);
  }

  async #restartInTurns(): Promise<void> {
    let returning = Promise.resolve();
    for (const planned of restartPlan(this.plan.kill, this.plan.forMs)) {
      await this.#sleepUntil(planned.atMs);
      // A rolling restart waits for the one before, or a slow machine would have no backend at all.
      await returning;
      if (this.#stopping.signal.aborted) break;
      this.#restarts.push({ ...planned, atMs: this.#elapsedMs() });
      const backend = this.#backends[planned.backend - 1];
      returning = (backend?.restart(planned.signal) ?? returning).catch(this.#fail);
    }
    await returning;
  }

  /** Since the start of the load; or until the user stops it. */
  async #sleepUntil(atMs: number): Promise<void> {
    const waitMs = (this.#startedAtMs ?? 0) + atMs - Date.now();
    await sleep(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  /** What goes on behind a cut fails as its processes end, and nobody minds. */
  async #unlessCut(run: Promise<DemoResult>): Promise<DemoResult> {
    run.catch(() => {});
    const first = await Promise.race([run, this.#cut]);
    return first === "aborted" ? { ending: first, view: this.view() } : first;
  }

  #sample(): void {
    for (const backend of this.#backends) backend.readJournal();
    for (const score of this.#scores) score.sample(Date.now());
  }

  #elapsedMs(): number {
    if (this.#loadMs !== undefined) return this.#loadMs;
    if (this.#startedAtMs === undefined) return 0;
    return Math.min(this.plan.forMs, Math.max(0, Date.now() - this.#startedAtMs));
  }
}

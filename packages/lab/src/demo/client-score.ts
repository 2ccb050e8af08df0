/** Owns what is shown of one client besides its counts: pace, CPU, the last failure, what each restart cost. */

import type { ClientName } from "./demo-plan.ts";
import { methodNames } from "./demo-plan.ts";
import type { ClientView, MethodView } from "./demo-view.ts";
import type { Progress } from "./load-process.ts";
import type { Restart } from "./restart-plan.ts";
import type { Tally } from "./tally.ts";

/** The pace is that of so many samples. */
const paceSamples = 8; // 2 s of one every 250 ms

interface Sample {
  readonly atMs: number;
  readonly settled: readonly number[];
}

export class ClientScore {
  readonly client: ClientName;
  readonly #tally: Tally;
  readonly #samples: Sample[] = [];
  #cpuUs = 0;
  #cpuCalls = 0;

  constructor(client: ClientName, tally: Tally) {
    this.client = client;
    this.#tally = tally;
  }

  progress(news: Progress): void {
    for (const id of news.sent) this.#tally.sent(id);
    for (const id of news.ok) this.#tally.ok(id);
    for (const failure of news.failed) this.#tally.failed(failure);
    for (const id of news.neverSettled) this.#tally.neverSettled(id);
    this.#cpuUs = news.cpuUs;
    this.#cpuCalls = news.cpuCalls;
  }

  sample(atMs: number): void {
    this.#samples.push({ atMs, settled: methodNames.map((method) => this.#settled(method)) });
    if (this.#samples.length > paceSamples) this.#samples.shift();
  }

  /** `averageOverMs`: the pace over the whole run instead of the latest. */
  view(restarts: readonly Restart[], averageOverMs?: number): ClientView {
    const failures = this.#tally.failures.filter(({ client }) => client === this.client);
    const lastFailure = failures.at(-1)?.failure;
    const lost = new Array<number>(restarts.length + 1).fill(0);
    for (const { failure } of failures) {
      const column = 1 + restarts.findLastIndex(({ atMs }) => atMs <= failure.atMs);
      lost[column] = (lost[column] ?? 0) + 1;
    }
    return {
      client: this.client,
      methods: methodNames.map((method, index): MethodView => {
        const callsPerS =
          averageOverMs === undefined ? this.#pace(index) : (this.#settled(method) * 1_000) / averageOverMs;
        return { method, ...this.#tally.counts(this.client, method), callsPerS };
      }),
      ...(this.#cpuCalls === 0 ? {} : { cpuUsPerCall: this.#cpuUs / this.#cpuCalls }),
      ...(lastFailure === undefined ? {} : { lastFailure }),
      lost,
    };
  }

  #pace(index: number): number {
    const [oldest, newest] = [this.#samples[0], this.#samples.at(-1)];
    if (oldest === undefined || newest === undefined || newest.atMs === oldest.atMs) return 0;
    const calls = (newest.settled[index] ?? 0) - (oldest.settled[index] ?? 0);
    return (calls * 1_000) / (newest.atMs - oldest.atMs);
  }

  #settled(method: (typeof methodNames)[number]): number {
    const { ok, failed } = this.#tally.counts(this.client, method);
    return ok + failed;
  }
}

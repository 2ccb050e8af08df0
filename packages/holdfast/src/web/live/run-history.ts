/** Owns what a run leaves behind on the time axis: how many calls had ended when, and when calls failed. Pure. */

import type { ClientName, ClientView, DemoView, MethodName, NamedFailure } from "@holdfast/lab/demo";
import { pieceMs, type LiveClient } from "./page/live-view.ts";

interface Trace {
  readonly ended: [atMs: number, calls: number][];
  readonly failedIn: Record<MethodName, number[]>;
}

export class RunHistory {
  readonly #forMs: number;
  readonly #traces = new Map<ClientName, Trace>();

  /** `forMs`: the length of the load. */
  constructor(forMs: number) {
    this.#forMs = forMs;
  }

  /** What a view shows at its moment. After the load there are no more moments. */
  look({ elapsedMs, clients, phase }: DemoView): void {
    if (phase === "starting" || elapsedMs >= this.#forMs) return;
    for (const { client, methods } of clients) {
      const { ended } = this.#trace(client);
      const lastMs = ended.at(-1)?.[0] ?? -1;
      const calls = methods.reduce((sum, { ok, failed }) => sum + ok + failed, 0);
      if (elapsedMs > lastMs) ended.push([Math.round(elapsedMs), calls]);
    }
  }

  failed({ client, method, failure }: NamedFailure): void {
    const pieces = this.#trace(client).failedIn[method];
    // What fails while open calls settle belongs to the end of the load.
    const piece = Math.floor(Math.min(Math.max(0, failure.atMs), this.#forMs - 1) / pieceMs);
    while (pieces.length <= piece) pieces.push(0);
    pieces[piece] = (pieces[piece] ?? 0) + 1;
  }

  of({ client, methods, cpuUsPerCall }: ClientView): LiveClient {
    const { ended, failedIn } = this.#trace(client);
    return { client, methods, ...(cpuUsPerCall === undefined ? {} : { cpuUsPerCall }), ended, failedIn };
  }

  #trace(client: ClientName): Trace {
    let trace = this.#traces.get(client);
    if (trace === undefined) {
      trace = { ended: [], failedIn: { Read: [], Write: [] } };
      this.#traces.set(client, trace);
    }
    return trace;
  }
}

/** A world with one server of ours, its health, and a client's process that measures it in virtual time. */

import { createServer, type Server, type ServerOptions } from "@holdfast/grpc/server";
import { createWorld, type SimHost, type World } from "@holdfast/grpc/sim";
import { Surroundings } from "../../src/measure/surroundings.ts";
import type { Target } from "../../src/measure/surroundings.ts";
import { settlingHost } from "./settling-host.ts";

export const port = 50_051;
const serving = Uint8Array.of(0x08, 1);
/** Three days: longer than any of these stories. */
const longMs = 259_200_000;

export class MeasuredWorld {
  readonly world: World;
  readonly client: SimHost;
  readonly serverHost: SimHost;
  readonly told: string[] = [];

  constructor({ seed = 1, delayMs = 1 } = {}) {
    this.world = createWorld({ seed, log: false });
    this.client = this.world.host("client");
    this.serverHost = this.world.host("server");
    this.world.link("client", "server").delay({ ms: delayMs });
  }

  get target(): Target {
    return { host: "server", port, network: { host: settlingHost(this.client) } };
  }

  get surroundings(): Surroundings {
    return new Surroundings({ target: this.target, onProgress: (line) => this.told.push(line) });
  }

  /** Our server, listening; with `health` it serves Check and Watch. `settle: false` where time passes already. */
  async serve(options: Omit<ServerOptions, "host"> = {}, { health = true, settle = true } = {}): Promise<Server> {
    const server = createServer({ ...options, host: this.serverHost });
    if (health) addHealth(server);
    const listening = server.listen({ host: this.serverHost.address, port });
    await (settle ? this.settled(listening) : listening);
    return server;
  }

  /** What a promise settles to, with time passing meanwhile. */
  async settled<T>(promise: Promise<T>): Promise<T> {
    let over = false;
    const note = (): void => void (over = true);
    promise.then(note, note);
    await this.world.run({ until: () => over, limitMs: this.world.nowMs + longMs });
    return promise;
  }
}

/** Check answers SERVING; Watch says so once and stays open until it is cancelled. */
export function addHealth(server: Server): void {
  server.addMethod("/grpc.health.v1.Health/Check", "unary", () => serving);
  server.addMethod("/grpc.health.v1.Health/Watch", "server-streaming", async function* (_request, call) {
    yield serving;
    await new Promise<void>((resolve) => call.signal.addEventListener("abort", () => resolve()));
  });
}

/** Owns what the stories about health share: a server with its health, and a record of what a watch is told. */
import type { Channel } from "../../src/channel/channel.ts";
import { createHealth, type Health, type HealthUpdate, watch } from "../../src/health/index.ts";
import type { DrainOptions } from "../../src/server/index.ts";
import type { SimHost } from "../../src/sim/index.ts";
import { ChannelWorld } from "../channel/channel-world.ts";

export class HealthWorld extends ChannelWorld {
  /** A server on the host `name` that says how it is. */
  async well(name: string, { drain = {} as DrainOptions } = {}) {
    const host = this.world.host(name);
    const health: Health = createHealth({ host });
    const server = await this.serve(name, (made) => health.addTo(made), { drain });
    return { host, health, server };
  }

  /** Notes what a watch is told, with the second it came in, until it ends. */
  follow(channel: Channel, service: string, signal?: AbortSignal) {
    const updates = watch(channel, service, { host: this.client, ...(signal === undefined ? {} : { signal }) });
    const heard: string[] = [];
    const ended = (async () => {
      try {
        for await (const update of updates) heard.push(this.#note(update));
        heard.push("done");
      } catch (error) {
        heard.push(String((error as Error).message));
      }
    })();
    return { heard, ended, updates };
  }

  #note({ status, error }: HealthUpdate): string {
    return error === undefined ? status : `${status} ${error.codeName}`;
  }
}

/** A promise for a check to wait on, settled from outside in a turn of the host. */
export function answerLater<T>(host: SimHost) {
  let settle: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return { promise, answer: (value: T) => host.defer(() => settle(value)) };
}

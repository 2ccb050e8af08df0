/** Does to a world what a plan says. Owns no odds and no judgement. */

import type { ShopClient } from "./shop-client.ts";
import type { ShopServer } from "./shop-server.ts";
import type { Run } from "./run.ts";
import type { Deed, Weather } from "./world-plan.ts";
import type { Link } from "../link.ts";

export interface Cast {
  readonly clients: ReadonlyMap<string, ShopClient>;
  readonly servers: ReadonlyMap<string, ShopServer>;
  /** Told of each stall: who was blocked, from when to when. */
  stalled(host: string, fromMs: number, untilMs: number): void;
}

export function actDeed({ world }: Run, { clients, servers, stalled }: Cast, deed: Deed): void {
  switch (deed.kind) {
    case "reset":
      world.link(deed.client, deed.server).reset();
      break;
    case "partition": {
      const link = world.link(deed.client, deed.server);
      link.partition();
      world.at(world.nowMs + deed.forMs, () => link.heal());
      break;
    }
    case "black-hole": {
      const direction = world.link(deed.from, deed.to).from(deed.from);
      direction.blackHole();
      world.at(world.nowMs + deed.forMs, () => direction.heal());
      break;
    }
    case "half-open":
      world.link(deed.forgetful, deed.other).halfOpen(deed.forgetful);
      break;
    case "kill":
      servers.get(deed.server)?.kill(deed.machine, deed.downMs);
      break;
    case "kill-client":
      clients.get(deed.client)?.kill();
      break;
    case "stall":
      stalled(deed.host, world.nowMs, world.nowMs + deed.forMs);
      world.host(deed.host).stall(deed.forMs);
      break;
    case "deploy":
      servers.get(deed.server)?.deploy(deed.graceMs, deed.downMs);
      break;
    case "weather":
      setWeather(world.link(deed.client, deed.server), deed.weather);
      break;
    case "forget-idle":
      world.link(deed.client, deed.server).forgetIdleFlows(deed.afterMs, { then: deed.word });
      break;
  }
}

/** Ends what cuts; weather may stay. */
export function healAll({ world, plan }: Run): void {
  for (const client of plan.clients) for (const server of plan.servers) world.link(client.name, server.name).heal();
}

function setWeather(link: Link, { delayMs, jitterMs, splitBytes, coalesceMs, bytesPerSecond }: Weather): void {
  link.delay({ ms: delayMs, jitterMs });
  link.split(splitBytes);
  link.coalesce(coalesceMs);
  link.bandwidth(bytesPerSecond);
}

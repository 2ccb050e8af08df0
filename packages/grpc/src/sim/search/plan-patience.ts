/**
 * How patient the clients and servers of a world are with each other: keepalive, ping policy, age and idleness. Owns these
 * odds. Drawn from dice of their own, so that the rest of a world does not depend on them.
 */

import type { KeepaliveOptions } from "../../channel/keepalive-policy.ts";
import { defaultLiveness } from "../../http2/liveness-state.ts";
import { defaultPingPolicy, type PingPolicy } from "../../http2/ping-policy.ts";
import type { ServerConnectionOptions } from "../../server/connection-options.ts";
import { Dice } from "./dice.ts";
import type { Climate, WorldPlan } from "./world-plan.ts";

/** Anything that sets these dice apart from the others of a seed: "LIVE". */
const tag = 0x4c495645;

export function withPatience(plan: WorldPlan): WorldPlan {
  const dice = new Dice(plan.seed ^ tag);
  // Only where calls may die.
  const polices = plan.climate === "rough" && dice.chance(0.3);
  const clients = plan.clients.map((client) => {
    if (!polices && dice.chance(0.5)) return client;
    return { ...client, keepalive: planKeepalive(dice, plan.climate, polices) };
  });
  const asked = clients.map(({ keepalive }) => keepalive);
  const servers = plan.servers.map((server) => {
    // Connections that end for other reasons, or whose servers ask themselves, are never struck.
    if (polices) return { ...server, connections: { pingPolicy: planPolicing(dice) } };
    const pingPolicy = planPermission(dice, asked);
    return { ...server, connections: { ...planConnections(dice, plan.climate), pingPolicy } };
  });
  return { ...plan, clients, servers, polices };
}

/** From gRFC A8's least on, and less than the longest cuts last; one that is to be struck asks as often as it can. */
function planKeepalive(dice: Dice, climate: Climate, polices: boolean): KeepaliveOptions {
  return {
    timeMs: polices ? 10_000 : dice.scale(10_000, 30_000),
    timeoutMs: planTimeout(dice, climate),
    permitWithoutCalls: polices || dice.chance(0.5),
  };
}

/** In a gentle world nobody may be given up who is only slow. */
function planTimeout(dice: Dice, climate: Climate): number {
  return climate === "rough" ? dice.scale(300, 5_000) : dice.scale(5_000, 20_000); // stalls of such a world are 400 ms
}

/** One that every client keeps, some of them only just. */
function planPermission(dice: Dice, asked: readonly (KeepaliveOptions | undefined)[]): PingPolicy {
  const leastMs = Math.min(...asked.map((one) => one?.timeMs ?? defaultLiveness.quietMs));
  if (leastMs === defaultLiveness.quietMs) return defaultPingPolicy;
  const permitWithoutCalls = asked.some((one) => one?.permitWithoutCalls === true) || dice.chance(0.5);
  return { minTimeMs: dice.chance(0.5) ? leastMs : leastMs / 2, permitWithoutCalls, strikes: dice.whole(1, 2) };
}

function planPolicing(dice: Dice): PingPolicy {
  return {
    minTimeMs: defaultPingPolicy.minTimeMs,
    permitWithoutCalls: dice.chance(0.3),
    strikes: dice.chance(0.7) ? 0 : 1,
  };
}

function planConnections(dice: Dice, climate: Climate): ServerConnectionOptions {
  return {
    // Above the first back-off, 1.2 s: a server that ends connections sooner is one that greets and leaves.
    ...(dice.chance(0.3) ? { maxConnectionIdleMs: dice.scale(2_000, 60_000) } : {}),
    ...(dice.chance(0.6) ? { maxConnectionAgeMs: dice.scale(2_000, 30_000) } : {}),
    ...(climate === "rough" && dice.chance(0.8) ? { maxConnectionAgeGraceMs: dice.scale(50, 5_000) } : {}),
    ...(dice.chance(0.5)
      ? { keepalive: { timeMs: dice.scale(1_000, 10_000), timeoutMs: planTimeout(dice, climate) } }
      : {}),
  };
}

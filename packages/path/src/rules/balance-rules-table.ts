/** Rules about health checks and about calls that find every server. */

import { durationText as time } from "../facts/duration.ts";
import { roleOf } from "../hops/hop-kind.ts";
import { hopKindTable } from "../hops/hop-kinds-table.ts";
import { below, ends, type Rule } from "./rule.ts";

/** gRFC A50: success rates are compared from this many hosts on. */
const hostsToCompare = 5;

export const balanceRules: readonly Rule[] = [
  {
    id: "hl-01",
    severity: "error",
    concerns: ["sender"],
    says: "healthCheckConfig needs a policy with many connections: pick_first ignores it.",
    seen: "Calls go to a server that said NOT_SERVING.",
    fix: "round_robin.",
    sources: ["a17"],
    *find({ legs }) {
      for (const { from, sender, isFirst } of legs)
        if (isFirst && sender.watchesHealth === true && sender.balancing === "pick_first")
          yield {
            hops: [from],
            settings: ["sender.watchesHealth", "sender.balancing"],
            says: `${from.name} watches health with pick_first`,
          };
    },
  },
  {
    id: "hl-02",
    severity: "warning",
    concerns: ["receiver", "wire", "platform"],
    says: "Behind a balancer of connections, connections must age, or new servers get no traffic.",
    seen: "After a deploy or a scale-up, the new replicas idle.",
    fix: "An age of 5 to 30 min, or a headless Service and round_robin.",
    sources: ["a9"],
    *find({ legs, platform, server }) {
      for (const { to, over, receiver } of legs) {
        const balancer = over.find(({ kind }) => kind === "aws-nlb" || kind === "azure-lb");
        const isOneAddress = to === server && platform?.oneAddress === true && (platform.replicas ?? 2) > 1;
        if (balancer === undefined && !isOneAddress) continue;
        if (ends(receiver.ageMs) || receiver.ageMs === undefined || hopKindTable[to.kind].ages !== true) continue;
        const what = balancer?.name ?? "one address for all replicas";
        yield {
          hops: [to, ...over],
          settings: ["receiver.ageMs"],
          says: `${what} spreads connections, and ${to.name} never ends one`,
        };
      }
    },
  },
  {
    id: "hl-03",
    severity: "warning",
    concerns: ["sender", "platform"],
    says: "With one address for each replica, a client needs round_robin.",
    seen: "All calls on one pod: pick_first takes the first address.",
    fix: "loadBalancingConfig: round_robin.",
    sources: ["a2"],
    *find({ legs, platform }) {
      for (const { from, to, sender, over } of legs) {
        if (platform?.oneAddress !== false || (platform.replicas ?? 1) < 2 || over.length > 0) continue;
        if (roleOf(from.kind) !== "program" || roleOf(to.kind) !== "program" || sender.balancing !== "pick_first")
          continue;
        yield {
          hops: [from, to],
          settings: ["sender.balancing", "platform.oneAddress"],
          says: `${from.name} sees ${platform.replicas ?? 0} addresses and uses one`,
        };
      }
    },
  },
  {
    id: "hl-04",
    severity: "warning",
    concerns: ["relay", "receiver", "platform"],
    says: "A hop must notice NOT_SERVING before the listener closes.",
    seen: "Refused connections during deploys.",
    fix: "Probe interval times threshold below the time in which the server goes on accepting.",
    sources: ["kubernetes", "grpc-health"],
    *find({ relays, platform, server }) {
      const acceptsMs = server.receiver?.lameDuckMs ?? platform?.preStopMs;
      for (const { hop, relay } of relays) {
        const noticeMs = (relay.healthEveryMs ?? 0) * (relay.healthThreshold ?? 1);
        if (!below(acceptsMs, noticeMs)) continue;
        const says = `${hop.name} notices after ${time(noticeMs)}, and ${server.name} accepts for ${time(acceptsMs ?? 0)} after the order to stop`;
        yield { hops: [hop, server], settings: ["relay.healthEveryMs", "receiver.lameDuckMs"], says };
      }
    },
  },
  {
    id: "hl-05",
    severity: "note",
    concerns: ["sender", "receiver"],
    says: "A client that watches health takes a server without the service for healthy.",
    seen: "Nothing: UNIMPLEMENTED ends the watch.",
    fix: "Serve grpc.health.v1.",
    sources: ["a17", "go"],
    *find({ client, server }) {
      if (client.sender?.watchesHealth === true && server.receiver?.servesHealth === false)
        yield {
          hops: [client, server],
          settings: ["sender.watchesHealth", "receiver.servesHealth"],
          says: `${client.name} watches health, which ${server.name} does not serve`,
        };
    },
  },
  {
    id: "hl-06",
    severity: "warning",
    concerns: ["envoy", "relay", "platform"],
    says: "Outlier detection needs hosts to compare: below 5, or at 10 % of few, it ejects none or all.",
    seen: "The bad replica stays.",
    fix: "max_ejection_percent that allows one of them, and consecutive failures rather than rates.",
    sources: ["a50", "envoy"],
    *find({ relays, platform }) {
      const replicas = platform?.replicas;
      for (const { hop, relay } of relays) {
        if (!ends(relay.maxEjectionPercent) || !below(replicas, hostsToCompare)) continue;
        if ((relay.maxEjectionPercent * (replicas ?? 0)) / 100 >= 1) continue;
        yield {
          hops: [hop],
          settings: ["relay.maxEjectionPercent", "platform.replicas"],
          says: `${hop.name} may eject ${relay.maxEjectionPercent} % of ${replicas ?? 0} hosts`,
        };
      }
    },
  },
];

/** Rules about TCP and what lies below HTTP/2. */

import { durationText as time } from "../facts/duration.ts";
import { atMost, below, ends, type Rule } from "./rule.ts";

export const networkRules: readonly Rule[] = [
  {
    id: "nw-01",
    severity: "warning",
    concerns: ["sender", "wire"],
    says: "TCP keepalive with the system's 2 h comes too late for what forgets sooner.",
    seen: "The connection is forgotten before the first probe.",
    fix: "net.ipv4.tcp_keepalive_time below it, or PINGs.",
    sources: ["tcp", "nginx"],
    *find({ legs }) {
      for (const { from, over, forgetsAfterMs, pingEveryMs, sender } of legs) {
        if (!ends(sender.tcpKeepaliveMs) || !ends(forgetsAfterMs) || pingEveryMs < forgetsAfterMs) continue;
        if (below(sender.tcpKeepaliveMs, forgetsAfterMs)) continue;
        yield {
          hops: [from, ...over],
          settings: ["sender.tcpKeepaliveMs", "wire.forgetsAfterMs"],
          says: `${from.name} probes with TCP after ${time(sender.tcpKeepaliveMs)}, and the way forgets after ${time(forgetsAfterMs)}`,
        };
      }
    },
  },
  {
    id: "nw-02",
    severity: "error",
    concerns: ["sender", "relay"],
    says: "TCP keepalive resets no timer of a hop that ends HTTP/2.",
    seen: "The hop's idle timeout fires, with every probe answered.",
    fix: "Application bytes, or PINGs where the hop counts them.",
    sources: ["tcp", "envoy", "alb-idle"],
    needs: ["longestSilenceDownMs", "longestSilenceUpMs"],
    *find({ legs, silenceDownMs = 0, silenceUpMs = 0 }) {
      for (const { from, to, sender } of legs) {
        const idleMs = to.relay?.streamIdleMs;
        if (!ends(sender.tcpKeepaliveMs) || !atMost(idleMs, Math.min(silenceDownMs, silenceUpMs))) continue;
        yield {
          hops: [from, to],
          settings: ["sender.tcpKeepaliveMs", "relay.streamIdleMs"],
          says: `${from.name} has TCP keepalive, which does not reset ${to.name}'s ${time(idleMs ?? 0)}`,
        };
      }
    },
  },
  {
    id: "nw-03",
    severity: "warning",
    concerns: ["azure-lb", "wire"],
    says: "An Azure balancer without TCP reset forgets in silence.",
    seen: "The call hangs until a keepalive or its deadline ends it.",
    fix: "Turn TCP reset on in the rule.",
    sources: ["azure"],
    *find({ hops }) {
      for (const hop of hops)
        if (hop.kind === "azure-lb" && hop.wire?.resets === false)
          yield {
            hops: [hop],
            settings: ["wire.resets"],
            says: `${hop.name} forgets after ${time(hop.wire.forgetsAfterMs ?? 0)} and says nothing`,
          };
    },
  },
  {
    id: "nw-04",
    severity: "warning",
    concerns: ["conntrack", "wire", "sender"],
    says: "A lowered conntrack limit must stay above the time between PINGs.",
    seen: "Packets of a forgotten connection are dropped as invalid.",
    fix: "nf_conntrack_tcp_timeout_established above it; 5 d is the default.",
    sources: ["conntrack"],
    *find({ legs }) {
      for (const { from, to, over, pingEveryMs } of legs)
        for (const hop of over)
          if (hop.kind === "conntrack" && atMost(hop.wire?.forgetsAfterMs, pingEveryMs))
            yield {
              hops: [hop, from, to],
              settings: ["wire.forgetsAfterMs", "sender.pingEveryMs"],
              says: `${hop.name} forgets after ${time(hop.wire?.forgetsAfterMs ?? 0)}, and a PING comes ${pingEveryMs === Infinity ? "never" : `after ${time(pingEveryMs)}`}`,
            };
    },
  },
  {
    id: "nw-05",
    severity: "note",
    concerns: ["grpc-go", "grpc-core", "sender", "calls"],
    says: "In Go and C-core the keepalive timeout is TCP_USER_TIMEOUT, too: it must outlast a balancer's failover.",
    seen: "UNAVAILABLE: connection timed out, in a failover that would have passed.",
    fix: "A timeout above the failover.",
    sources: ["a18", "go"],
    needs: ["failoverMs"],
    *find({ legs, workload: { failoverMs } }) {
      for (const { from, sender } of legs)
        if (
          ["grpc-go", "grpc-core"].includes(from.kind) &&
          ends(sender.pingEveryMs) &&
          below(sender.pingTimeoutMs, failoverMs)
        )
          yield {
            hops: [from],
            settings: ["sender.pingTimeoutMs"],
            says: `${from.name} gives up after ${time(sender.pingTimeoutMs ?? 0)}, and a failover takes ${time(failoverMs ?? 0)}`,
          };
    },
  },
];

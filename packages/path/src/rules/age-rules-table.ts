/** Rules about the end of connections that are old, idle or used up: GOAWAY, who sends it, and who must outlast whom. */

import { durationText as time } from "../facts/duration.ts";
import { roleOf } from "../hops/hop-kind.ts";
import { hopKindTable } from "../hops/hop-kinds-table.ts";
import { sendsGoaway } from "../hops/legs.ts";
import { atMost, below, ends, type Rule } from "./rule.ts";

/** The largest timer of Node, ms: beyond it setTimeout fires after 1 ms. */
const nodeTimerMs = 2_147_483_647; // 2^31 - 1
/** Age is jittered by a tenth (gRFC A9). */
const jitter = 1.1;
/** Between two idle timers, so that the one in front is surely first. */
const raceMs = 10_000; // 10 s, as Google's load balancers ask: 620 s behind their 610 s
/** Fewer calls than this on one connection are nothing to plan for. */
const shortAgeMs = 60_000; // 1 min

export const ageRules: readonly Rule[] = [
  {
    id: "ag-01",
    severity: "error",
    concerns: ["receiver", "calls"],
    says: "The grace after a connection's age must outlast the longest call.",
    seen: "Two GOAWAYs, then the connection is cut: UNAVAILABLE (Connection dropped, Socket closed, received prior goaway).",
    fix: "Raise the grace above the longest call, or let streams be resumed.",
    sources: ["a9", "go", "measured"],
    needs: ["longestCallMs"],
    *find({ legs, workload: { longestCallMs } }) {
      for (const { to, receiver } of legs) {
        if (!ends(receiver.ageMs) || !below(receiver.ageGraceMs, longestCallMs)) continue;
        const says = `${to.name} cuts connections ${time(receiver.ageGraceMs ?? 0)} after their age of ${time(receiver.ageMs)}, and calls take up to ${time(longestCallMs ?? 0)}`;
        yield { hops: [to], settings: ["receiver.ageGraceMs", "calls.longestCallMs"], says };
      }
    },
  },
  {
    id: "ag-02",
    severity: "warning",
    concerns: ["receiver", "calls"],
    says: "A connection with endless streams needs a grace that ends, or its age does nothing.",
    seen: "Connections that never leave; a Go server does not even ask them whether they live.",
    fix: "A finite grace, and streams that are ended and resumed.",
    sources: ["a9", "go"],
    needs: ["longestCallMs"],
    *find({ legs, workload: { longestCallMs } }) {
      for (const { to, receiver } of legs) {
        if (!ends(receiver.ageMs) || receiver.ageGraceMs !== Infinity || longestCallMs !== Infinity) continue;
        const says = `${to.name} lets connections go after ${time(receiver.ageMs)}, but waits for ever for streams that never end`;
        yield { hops: [to], settings: ["receiver.ageGraceMs"], says };
      }
    },
  },
  {
    id: "ag-03",
    severity: "error",
    concerns: ["tonic", "receiver"],
    says: "tonic 0.14's connection age cuts without GOAWAY or ends the task in a panic.",
    seen: "Streams that are cut at age, or at age and grace together, without a warning.",
    fix: "Leave it unset until a version is known to work.",
    sources: ["tonic"],
    *find({ legs }) {
      for (const { to, receiver } of legs)
        if (to.kind === "tonic" && ends(receiver.ageMs))
          yield { hops: [to], settings: ["receiver.ageMs"], says: `${to.name} has an age of ${time(receiver.ageMs)}` };
    },
  },
  {
    id: "ag-04",
    severity: "warning",
    concerns: ["grpc-js", "receiver", "sender"],
    says: "A grpc-js server ends old connections without a round trip: callers need a retry.",
    seen: "UNAVAILABLE: Stream refused by server, for calls that were on their way.",
    fix: "A retry policy for UNAVAILABLE, where calls may be repeated.",
    sources: ["js", "a9", "measured"],
    needs: ["repeatable"],
    *find({ legs, workload: { repeatable } }) {
      for (const { from, to, receiver, sender } of legs) {
        if (to.kind !== "grpc-js" || !ends(receiver.ageMs) || repeatable !== true) continue;
        if (sender.retry !== undefined || roleOf(from.kind) !== "program") continue;
        const says = `${to.name} sends both GOAWAYs at once after ${time(receiver.ageMs)}, and ${from.name} repeats nothing`;
        yield { hops: [from, to], settings: ["sender.retry", "receiver.ageMs"], says };
      }
    },
  },
  {
    id: "ag-05",
    severity: "error",
    concerns: ["grpc-js", "receiver"],
    says: "Times of a grpc-js server must stay below 2^31 ms, jitter included.",
    seen: "TimeoutOverflowWarning, and a GOAWAY 1 ms after each connection: 31 of 50 calls refused.",
    fix: "At most 22 d, or leave it unset.",
    sources: ["js", "node", "measured"],
    *find({ legs }) {
      for (const { to, receiver } of legs.filter((leg) => leg.to.kind === "grpc-js")) {
        for (const name of ["ageMs", "ageGraceMs", "idleAfterMs", "pingEveryMs"] as const) {
          const value = receiver[name];
          if (!ends(value) || value * (name === "ageMs" ? jitter : 1) <= nodeTimerMs) continue;
          yield {
            hops: [to],
            settings: [`receiver.${name}`],
            says: `${to.name} has ${time(value)}, which overflows Node's timers`,
          };
        }
      }
    },
  },
  {
    id: "ag-06",
    severity: "warning",
    concerns: ["nginx", "node-http2", "go-net-http2", "receiver", "calls"],
    says: "A hop that says GOAWAY once must not do it often: calls on their way are refused.",
    seen: "UNAVAILABLE: Stream refused by server, 280 of 400 calls at keepalive_requests 3 with 20 in parallel.",
    fix: "keepalive_requests far above the calls of an hour, and a retry.",
    sources: ["nginx-core", "rfc-goaway", "measured"],
    needs: ["peakCalls"],
    *find({ legs, workload: { peakCalls = 0 } }) {
      for (const { to, receiver } of legs) {
        if (hopKindTable[to.kind].singleGoaway !== true || peakCalls <= 1) continue;
        // With fewer than a thousand turns of all that runs at once, a connection lasts seconds.
        if (!below(receiver.maxRequests, 1_000 * peakCalls)) continue;
        const says = `${to.name} ends a connection after ${receiver.maxRequests ?? 0} requests, with up to ${peakCalls} on it at once`;
        yield { hops: [to], settings: ["receiver.maxRequests", "calls.peakCalls"], says };
      }
    },
  },
  {
    id: "ag-07",
    severity: "error",
    concerns: ["relay", "receiver", "sender"],
    says: "Whoever accepts a connection must keep it idle for longer than the hop in front does.",
    seen: "502, 503 or UNAVAILABLE now and then: a request meets the connection's end on its way.",
    fix: "Idle timeout at least 10 s above that of the hop in front (620 s behind Google's).",
    sources: ["alb-idle", "gcp-alb", "envoy"],
    *find({ legs }) {
      for (const { from, to, sender, receiver } of legs) {
        if (roleOf(from.kind) !== "relay" || !ends(receiver.idleAfterMs)) continue;
        if (!below(receiver.idleAfterMs, (sender.idleAfterMs ?? 0) + raceMs)) continue;
        const says = `${to.name} closes after ${time(receiver.idleAfterMs)} without calls, ${from.name} only after ${time(sender.idleAfterMs ?? 0)}`;
        yield { hops: [from, to], settings: ["sender.idleAfterMs", "receiver.idleAfterMs"], says };
      }
    },
  },
  {
    id: "ag-08",
    severity: "warning",
    concerns: ["relay", "receiver"],
    says: "To spread clients anew, the hop that faces them must age: an age behind a proxy renews the proxy's connections.",
    seen: "Clients stay with the proxy they met first, whatever the servers do.",
    fix: "Envoy's max_connection_duration, nginx's keepalive_time, ALB's client_keep_alive.",
    sources: ["a9"],
    *find({ legs }) {
      const [first, ...rest] = legs;
      if (first === undefined || hopKindTable[first.to.kind].ages !== true || ends(first.receiver.ageMs)) return;
      for (const { to, receiver } of rest) {
        if (!ends(receiver.ageMs)) continue;
        const says = `${to.name} ages after ${time(receiver.ageMs)}, but ${first.to.name}, which the clients see, never`;
        yield { hops: [first.to, to], settings: ["receiver.ageMs", "receiver.ageMs"], says };
      }
    },
  },
  {
    id: "ag-09",
    severity: "note",
    concerns: ["grpc-core", "receiver"],
    says: "A C-core server ends idle connections at once and with an error code.",
    seen: 'GOAWAY(INTERNAL_ERROR), "enter idle": clients on Node log an error, and alarms on GOAWAY ring.',
    fix: "Leave idle connections to the client.",
    sources: ["core", "a9", "measured"],
    *find({ legs }) {
      for (const { to, receiver } of legs)
        if (to.kind === "grpc-core" && ends(receiver.idleAfterMs))
          yield {
            hops: [to],
            settings: ["receiver.idleAfterMs"],
            says: `${to.name} ends connections without calls after ${time(receiver.idleAfterMs)}`,
          };
    },
  },
  {
    id: "ag-10",
    severity: "warning",
    concerns: ["tonic", "receiver"],
    says: "Ages without jitter bring all clients back at once.",
    seen: "Reconnects in one wave, at each age.",
    fix: "Another age for each replica.",
    sources: ["a9", "tonic"],
    *find({ legs }) {
      for (const { to, receiver } of legs)
        if (hopKindTable[to.kind].ageJitter === false && ends(receiver.ageMs))
          yield {
            hops: [to],
            settings: ["receiver.ageMs"],
            says: `${to.name} ages after exactly ${time(receiver.ageMs)}`,
          };
    },
  },
  {
    id: "ag-11",
    severity: "note",
    concerns: ["aws-alb", "receiver", "calls"],
    says: "An ALB's client_keep_alive should outlast the longest call: what it does to running ones is not documented.",
    seen: "Not known; test it.",
    fix: "Raise client_keep_alive, up to 7 d.",
    sources: ["alb-idle"],
    needs: ["longestCallMs"],
    *find({ legs, workload: { longestCallMs } }) {
      for (const { to, receiver } of legs)
        if (to.kind === "aws-alb" && below(receiver.ageMs, longestCallMs))
          yield {
            hops: [to],
            settings: ["receiver.ageMs"],
            says: `${to.name} ends connections at ${time(receiver.ageMs ?? 0)}, calls take up to ${time(longestCallMs ?? 0)}`,
          };
    },
  },
  {
    id: "ag-12",
    severity: "warning",
    concerns: ["receiver"],
    says: "An age below a minute does little but connect.",
    seen: "Handshakes and name look-ups all the time; C-core and grpc-js look names up every 30 s at most.",
    fix: "5 min or more.",
    sources: ["a9"],
    *find({ legs }) {
      for (const { to, receiver } of legs)
        if (below(receiver.ageMs, shortAgeMs))
          yield {
            hops: [to],
            settings: ["receiver.ageMs"],
            says: `${to.name} ends connections after ${time(receiver.ageMs ?? 0)}`,
          };
    },
  },
  {
    id: "ag-13",
    severity: "warning",
    concerns: ["grpc-go", "receiver", "calls"],
    says: "grpc-go's MaxConnectionIdle needs an age and a grace beside it: its drain has no end.",
    seen: "A stream accepted while an idle connection drains lives on, and nobody asks whether the client does.",
    fix: "Set MaxConnectionAge and MaxConnectionAgeGrace, too, or leave idleness to the client.",
    sources: ["go"],
    *find({ legs }) {
      for (const { to, receiver } of legs) {
        if (to.kind !== "grpc-go" || !ends(receiver.idleAfterMs)) continue;
        if (ends(receiver.ageMs) && ends(receiver.ageGraceMs)) continue;
        yield {
          hops: [to],
          settings: ["receiver.idleAfterMs", "receiver.ageMs"],
          says: `${to.name} drains idle connections after ${time(receiver.idleAfterMs)}, without a grace that ends`,
        };
      }
    },
  },
];

/** In the room of drains, but about the same GOAWAY: whoever recycles needs a caller that repeats. */
export const recyclingRule: Rule = {
  id: "dr-12",
  severity: "warning",
  concerns: ["sender", "receiver"],
  says: "Where connections are recycled, calls that may be repeated need a retry policy.",
  seen: "UNAVAILABLE at each deploy: the transparent retry covers one attempt, and only what the peer surely did not see.",
  fix: "A retry policy for UNAVAILABLE on methods that bear it.",
  sources: ["a6", "go"],
  needs: ["repeatable", "deploys"],
  *find({ legs, workload }) {
    for (const leg of legs) {
      const { from, to, sender, isFirst } = leg;
      if (!isFirst || workload.repeatable !== true || sender.retry !== undefined || !sendsGoaway(leg, workload))
        continue;
      if (!atMost(1, sender.connections)) continue;
      yield {
        hops: [from, to],
        settings: ["sender.retry"],
        says: `${to.name} sends its callers away now and then, and ${from.name} repeats nothing`,
      };
    }
  },
};

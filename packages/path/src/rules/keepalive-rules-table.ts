/** Rules about PINGs: who may ask how often, who hears them, and what they are good for. */

import { durationText as time } from "../facts/duration.ts";
import { hopKindTable } from "../hops/hop-kinds-table.ts";
import { sendsGoaway } from "../hops/legs.ts";
import { nearestChannelArg } from "./channel-args-table.ts";
import { atMost, below, ends, type Rule } from "./rule.ts";

/** What a server's police leaves alone though no call is open (gRFC A8). */
const callessBarMs = 7_200_000; // 2 h
/** Timers skew, and some clients count from their own clock: less than a tenth is no margin. */
const margin = 1.1;

export const keepaliveRules: readonly Rule[] = [
  {
    id: "ka-01",
    severity: "error",
    concerns: ["sender", "receiver"],
    says: "A client must not ask more often than the server permits.",
    seen: "GOAWAY(ENHANCE_YOUR_CALM, too_many_pings) at the 4th PING, then the connection closes with every call on it: UNAVAILABLE in Go and Python, RESOURCE_EXHAUSTED in grpc-js and Java.",
    fix: "Raise the client's time, or lower what the server permits; leave a tenth between them.",
    sources: ["a8", "go", "core", "java", "measured"],
    *find({ legs }) {
      for (const { from, to, sender, receiver } of legs) {
        if (!below(sender.pingEveryMs, receiver.permitEveryMs)) continue;
        const says = `${from.name} asks after ${time(sender.pingEveryMs ?? 0)} of silence, ${to.name} permits one PING in ${time(receiver.permitEveryMs ?? 0)}`;
        yield { hops: [from, to], settings: ["sender.pingEveryMs", "receiver.permitEveryMs"], says };
      }
    },
  },
  {
    id: "ka-02",
    severity: "error",
    concerns: ["sender", "receiver"],
    says: "A client must not ask without calls where the server does not permit it.",
    seen: "too_many_pings on connections that nobody uses: reconnects without end, and an interval that doubles each time.",
    fix: "Permit it on the server too, or let the idle connection close.",
    sources: ["a8", "grpc-keepalive", "measured"],
    *find({ legs }) {
      for (const { from, to, sender, receiver } of legs) {
        const { permitEveryMs = 0, permitsWithoutCalls } = receiver;
        if (sender.pingsWithoutCalls !== true || permitsWithoutCalls !== false || permitEveryMs === 0) continue;
        if (!below(sender.pingEveryMs, callessBarMs)) continue;
        const says = `${from.name} asks every ${time(sender.pingEveryMs ?? 0)} without calls, ${to.name} permits that every 2h`;
        yield { hops: [from, to], settings: ["sender.pingsWithoutCalls", "receiver.permitsWithoutCalls"], says };
      }
    },
  },
  {
    id: "ka-03",
    severity: "error",
    concerns: ["grpc-go", "written"],
    says: "grpc-go's ClientParameters must have a Time: without one it runs with 10 s.",
    seen: "A server with its defaults ends the connection after 30 s of a quiet call.",
    fix: "Set Time, or leave WithKeepaliveParams out.",
    sources: ["go", "measured"],
    *find({ client }) {
      if (client.kind !== "grpc-go") return;
      const names = (client.written ?? []).map(({ name }) => name);
      if (!names.some((name) => name.startsWith("ClientParameters.")) || names.includes("ClientParameters.Time"))
        return;
      yield {
        hops: [client],
        settings: ["written.ClientParameters"],
        says: `${client.name} passes ClientParameters without Time, which runs as 10s`,
      };
    },
  },
  {
    id: "ka-04",
    severity: "warning",
    concerns: ["grpc-go", "grpc-java", "holdfast", "sender"],
    says: "A value that is raised does not run as it stands.",
    seen: "PINGs leave every 10 s, whatever smaller number was set.",
    fix: "Write 10 s or more.",
    sources: ["a8", "go", "java", "holdfast"],
    *find({ hops }) {
      for (const hop of hops)
        for (const { setting, setMs, runsMs } of hop.raised ?? [])
          yield {
            hops: [hop],
            settings: [setting],
            says: `${hop.name} was set to ${time(setMs)} and runs with ${time(runsMs)}`,
          };
    },
  },
  {
    id: "ka-05",
    severity: "warning",
    concerns: ["sender", "receiver"],
    says: "Between a client's time and what the server permits there must be a tenth and a round trip.",
    seen: "too_many_pings now and then: when a timer is early, or the network brings two PINGs closer together.",
    fix: "Permit a tenth less than the clients use.",
    sources: ["a8"],
    *find({ legs, workload: { roundTripMs = 0 } }) {
      for (const { from, to, sender, receiver } of legs) {
        const { permitEveryMs = 0 } = receiver;
        if (permitEveryMs === 0 || !atMost(permitEveryMs, sender.pingEveryMs)) continue;
        if (!below(sender.pingEveryMs, margin * permitEveryMs + roundTripMs)) continue;
        const says = `${from.name} asks every ${time(sender.pingEveryMs ?? 0)}, ${to.name} permits ${time(permitEveryMs)}: no margin`;
        yield { hops: [from, to], settings: ["sender.pingEveryMs", "receiver.permitEveryMs"], says };
      }
    },
  },
  {
    id: "ka-06",
    severity: "error",
    concerns: ["grpc-core", "grpc-js", "written"],
    says: "A channel argument must be one that the library reads.",
    seen: "Nothing: an unknown argument is ignored without a word, and the default runs.",
    fix: "Use the name that the library has.",
    sources: ["core", "js", "measured"],
    *find({ hops }) {
      for (const hop of hops)
        for (const { name } of hop.written ?? []) {
          const meant = nearestChannelArg(hop.kind, name);
          if (meant === undefined) continue;
          const says = `${hop.name} does not read ${name}${meant === "" ? "" : `; meant is ${meant}`}`;
          yield { hops: [hop], settings: [`written.${name}`], says };
        }
    },
  },
  {
    id: "ka-07",
    severity: "error",
    concerns: ["grpc-js", "written"],
    says: "grpc-js wants 1 for grpc.keepalive_permit_without_calls: true is ignored.",
    seen: "No PING leaves while no call is open.",
    fix: "Write 1.",
    sources: ["js", "measured"],
    *find({ hops }) {
      for (const hop of hops.filter(({ kind }) => kind === "grpc-js"))
        for (const { name, value } of hop.written ?? [])
          if (name === "grpc.keepalive_permit_without_calls" && value === true)
            yield {
              hops: [hop],
              settings: [`written.${name}`],
              says: `${hop.name} has ${name}: true, and compares with 1`,
            };
    },
  },
  {
    id: "ka-08",
    severity: "warning",
    concerns: ["grpc-core", "sender"],
    says: "C-core stops asking after two PINGs without data, unless grpc.http2.max_pings_without_data is 0.",
    seen: "PINGs cease (older versions) or leave once a minute, and what forgets quiet connections forgets this one.",
    fix: "Set grpc.http2.max_pings_without_data to 0.",
    sources: ["core", "l116", "measured"],
    needs: ["longestSilenceUpMs"],
    *find({ legs, silenceUpMs }) {
      for (const { from, sender } of legs) {
        if (from.kind !== "grpc-core" || !ends(sender.pingEveryMs) || !ends(sender.maxPingsWithoutData)) continue;
        if (!below(sender.pingEveryMs * sender.maxPingsWithoutData, silenceUpMs)) continue;
        const says = `${from.name} stops after ${sender.maxPingsWithoutData} PINGs, ${time(sender.pingEveryMs * sender.maxPingsWithoutData)} into a silence of ${time(silenceUpMs ?? 0)}`;
        yield { hops: [from], settings: ["sender.maxPingsWithoutData"], says };
      }
    },
  },
  {
    id: "ka-09",
    severity: "error",
    concerns: ["sender", "receiver", "wire"],
    says: "Where something forgets quiet connections, somebody must send more often than that.",
    seen: "The next packet gets RST (UNAVAILABLE, connection reset by peer), or nothing at all until a timer or the deadline.",
    fix: "Let either end ask, so that time and timeout together stay below it; or send heartbeats.",
    sources: ["a8", "nlb-idle", "azure"],
    needs: ["longestSilenceDownMs", "longestSilenceUpMs"],
    *find({ legs, silenceDownMs = 0, silenceUpMs = 0 }) {
      for (const { from, to, over, forgetsAfterMs, pingEveryMs, sender, receiver } of legs) {
        if (!ends(forgetsAfterMs)) continue;
        const quietMs = Math.min(silenceDownMs, silenceUpMs);
        const timeoutMs = (pingEveryMs === sender.pingEveryMs ? sender : receiver).pingTimeoutMs ?? 0;
        if (quietMs < forgetsAfterMs || pingEveryMs + timeoutMs < forgetsAfterMs) continue;
        const what = over.map(({ name }) => name).join(", ") || "the network";
        const says = `between ${from.name} and ${to.name}, ${what} forgets after ${time(forgetsAfterMs)}; a call may be quiet for ${time(quietMs)}, and a PING comes ${pingEveryMs === Infinity ? "never" : `after ${time(pingEveryMs)}`}`;
        yield {
          hops: [from, to, ...over],
          settings: ["sender.pingEveryMs", "receiver.pingEveryMs", "wire.forgetsAfterMs"],
          says,
        };
      }
    },
  },
  {
    id: "ka-10",
    severity: "error",
    concerns: ["aws-alb", "relay", "sender"],
    says: "PINGs must not be relied upon where a hop does not count them.",
    seen: "The call ends at the hop's idle timeout, with every PING answered or not.",
    fix: "Raise the hop's idle timeout above the longest silence, or send heartbeats inside the stream.",
    sources: ["alb-idle", "envoy"],
    needs: ["longestSilenceDownMs", "longestSilenceUpMs"],
    *find({ legs, silenceDownMs = 0, silenceUpMs = 0 }) {
      const quietMs = Math.min(silenceDownMs, silenceUpMs);
      for (const { from, to, sender } of legs) {
        const idleMs = to.relay?.streamIdleMs;
        if (hopKindTable[to.kind].countsPings !== false || !ends(sender.pingEveryMs) || !atMost(idleMs, quietMs))
          continue;
        const says = `${from.name} asks every ${time(sender.pingEveryMs)}, which ${to.name} does not count: it ends what is quiet for ${time(idleMs ?? 0)}, and a call may be quiet for ${time(quietMs)}`;
        yield { hops: [from, to], settings: ["sender.pingEveryMs", "relay.streamIdleMs"], says };
      }
    },
  },
  {
    id: "ka-11",
    severity: "warning",
    concerns: ["relay", "sender", "receiver"],
    says: "Behind a hop that ends HTTP/2, the next leg needs its own keepalive: PINGs do not pass.",
    seen: "The client's leg is watched, and a server that vanished behind the hop is noticed by a timer or not at all.",
    fix: "Configure each leg: Envoy's connection_keepalive, the server's own PINGs, or the kernel's: so_keepalive, clitcpka.",
    sources: ["rfc-ping", "nginx", "envoy", "measured"],
    *find({ legs }) {
      const first = legs[0];
      if (first === undefined || !ends(first.pingEveryMs)) return;
      for (const { from, to, pingEveryMs } of legs.slice(1)) {
        // 2 h is what gRPC servers have when nobody thought of it.
        if (pingEveryMs < callessBarMs) continue;
        const says = `${first.from.name} asks every ${time(first.pingEveryMs)}, but nobody asks between ${from.name} and ${to.name}`;
        yield { hops: [from, to], settings: ["sender.pingEveryMs", "receiver.pingEveryMs"], says };
      }
    },
  },
  {
    id: "ka-12",
    severity: "warning",
    concerns: ["sender", "wire"],
    says: "A connection without calls must be closed, or asked, before the network forgets it.",
    seen: "The first call after a pause fails (connection reset by peer) or hangs until its deadline.",
    fix: "Close it first: the client's idle timeout below what forgets; or ask without calls, where the server permits it.",
    sources: ["a8", "nlb-idle", "azure"],
    needs: ["longestPauseMs"],
    *find({ legs, workload: { longestPauseMs } }) {
      for (const { from, over, forgetsAfterMs, sender, receiver } of legs) {
        if (!ends(forgetsAfterMs) || !atMost(forgetsAfterMs, longestPauseMs)) continue;
        // A server's keepalive asks whether there are calls or not (gRFC A9).
        const asks = sender.pingsWithoutCalls === true && below(sender.pingEveryMs, forgetsAfterMs);
        if (
          asks ||
          below(receiver.pingEveryMs, forgetsAfterMs) ||
          below(sender.idleAfterMs, forgetsAfterMs) ||
          below(receiver.idleAfterMs, forgetsAfterMs)
        )
          continue;
        const says = `${from.name} keeps a connection without calls for ${time(sender.idleAfterMs ?? Infinity)}, which is forgotten after ${time(forgetsAfterMs)}`;
        yield { hops: [from, ...over], settings: ["sender.idleAfterMs", "wire.forgetsAfterMs"], says };
      }
    },
  },
  {
    id: "ka-13",
    severity: "warning",
    concerns: ["sender", "calls"],
    says: "A call must have a deadline or a keepalive: a peer that vanished says nothing.",
    seen: "The call hangs for ever; a receive-only stream on a half-open connection never learns of it.",
    fix: "Set a deadline on every call, or keepalive on every leg.",
    sources: ["a8", "a18", "tcp", "measured"],
    needs: ["deadlineMs"],
    *find({ legs, workload: { deadlineMs } }) {
      for (const { from, sender, isFirst } of legs) {
        if (!isFirst || ends(deadlineMs) || ends(sender.pingEveryMs)) continue;
        yield {
          hops: [from],
          settings: ["sender.pingEveryMs", "calls.deadlineMs"],
          says: `${from.name} has neither a deadline nor keepalive`,
        };
      }
    },
  },
  {
    id: "ka-14",
    severity: "warning",
    concerns: ["sender", "receiver"],
    says: "A keepalive timeout must outlast three round trips and a pause of a second.",
    seen: "Healthy connections are closed in a burst of loss or a long garbage collection; in Go and C-core it is TCP_USER_TIMEOUT, too.",
    fix: "5 s or more.",
    sources: ["a8", "a18", "go"],
    needs: ["roundTripMs"],
    *find({ legs, workload: { roundTripMs = 0 } }) {
      const leastMs = 3 * roundTripMs + 1_000;
      for (const { from, to, sender, receiver } of legs)
        for (const [hop, side, name] of [
          [from, sender, "sender"],
          [to, receiver, "receiver"],
        ] as const) {
          if (!ends(side.pingEveryMs) || !below(side.pingTimeoutMs, leastMs)) continue;
          const says = `${hop.name} waits ${time(side.pingTimeoutMs ?? 0)} for an answer, which may take ${time(leastMs)}`;
          yield { hops: [hop], settings: [`${name}.pingTimeoutMs`], says };
        }
    },
  },
  {
    id: "ka-15",
    severity: "error",
    concerns: ["grpc-js", "sender"],
    says: "grpc-js's keepalive must not fire inside a call where a peer may send GOAWAY.",
    seen: "14 UNAVAILABLE: Connection dropped, at the first tick after a graceful GOAWAY: the call would have ended well.",
    fix: "Leave its keepalive off and let the other side ask; deadlines find what vanished.",
    sources: ["js-3068", "js", "measured"],
    needs: ["longestCallMs", "deploys"],
    *find({ legs, workload }) {
      for (const leg of legs) {
        const { from, to, sender } = leg;
        if (hopKindTable[from.kind].pingCutsDrain !== true || !sendsGoaway(leg, workload)) continue;
        if (!below(sender.pingEveryMs, workload.longestCallMs)) continue;
        const says = `${from.name} asks every ${time(sender.pingEveryMs ?? 0)}, and calls of up to ${time(workload.longestCallMs ?? 0)} go on after ${to.name}'s GOAWAY`;
        yield { hops: [from, to], settings: ["sender.pingEveryMs", "receiver.ageMs"], says };
      }
    },
  },
  {
    id: "ka-16",
    severity: "note",
    concerns: ["sender", "receiver"],
    says: "Asking more often than every 5 min works only while the other side does not police.",
    seen: "too_many_pings on the day the hop becomes a gRPC server with its defaults.",
    fix: "Keep to what a default server permits, or note it where the next hop is chosen.",
    sources: ["a8", "measured"],
    *find({ legs }) {
      for (const { from, to, sender, receiver } of legs) {
        if (receiver.permitEveryMs !== 0 || !below(sender.pingEveryMs, 300_000)) continue;
        const says = `${from.name} asks every ${time(sender.pingEveryMs ?? 0)}; ${to.name} does not mind, a gRPC server with its defaults would`;
        yield { hops: [from, to], settings: ["sender.pingEveryMs"], says };
      }
    },
  },
  {
    id: "ka-17",
    severity: "warning",
    concerns: ["receiver", "wire"],
    says: "A server must ask before the network forgets, or clients that vanished stay for hours.",
    seen: "Streams and memory of clients that are gone, until the 2 h of a default server, or for ever (grpc-js, Kestrel, tonic).",
    fix: "Server keepalive of 30 to 120 s.",
    sources: ["a9"],
    *find({ legs }) {
      for (const { from, to, over, forgetsAfterMs, receiver } of legs) {
        if (hopKindTable[to.kind].pingsUp !== true || !ends(forgetsAfterMs)) continue;
        if (below(receiver.pingEveryMs, forgetsAfterMs) || receiver.pingEveryMs === undefined) continue;
        const says = `${to.name} asks ${receiver.pingEveryMs === Infinity ? "nobody" : `every ${time(receiver.pingEveryMs)}`}, while connections from ${from.name} are forgotten after ${time(forgetsAfterMs)}`;
        yield { hops: [to, ...over], settings: ["receiver.pingEveryMs", "wire.forgetsAfterMs"], says };
      }
    },
  },
  {
    id: "ka-18",
    severity: "warning",
    concerns: ["grpc-java-okhttp", "receiver"],
    says: "grpc-java's OkHttp server must not ask more often than it permits: it counts the answers as PINGs.",
    seen: "too_many_pings for clients that only answered.",
    fix: "Ask less often than the permitted time, or use the Netty server.",
    sources: ["java-12417"],
    *find({ legs }) {
      for (const { to, receiver } of legs) {
        if (to.kind !== "grpc-java-okhttp" || !below(receiver.pingEveryMs, receiver.permitEveryMs)) continue;
        const says = `${to.name} asks every ${time(receiver.pingEveryMs ?? 0)} and permits one PING in ${time(receiver.permitEveryMs ?? 0)}`;
        yield { hops: [to], settings: ["receiver.pingEveryMs", "receiver.permitEveryMs"], says };
      }
    },
  },
  {
    id: "ka-19",
    severity: "warning",
    concerns: ["nginx", "sender"],
    says: "PINGs on idle connections to nginx must stay below ten times keepalive_requests.",
    seen: "http2 flood detected in error.log, and a GOAWAY.",
    fix: "Raise keepalive_requests, or do not ask without calls.",
    sources: ["nginx-http2"],
    *find({ legs }) {
      for (const { from, to, sender, receiver } of legs) {
        if (to.kind !== "nginx" || sender.pingsWithoutCalls !== true || !ends(sender.pingEveryMs)) continue;
        const lifeMs = Math.min(sender.idleAfterMs ?? Infinity, receiver.ageMs ?? Infinity);
        const wakes = lifeMs / sender.pingEveryMs;
        const limit = 10 * (receiver.maxRequests ?? Infinity);
        if (!(wakes > limit)) continue;
        const says = `${from.name} asks every ${time(sender.pingEveryMs)} for up to ${time(lifeMs)}; ${to.name} ends a connection after ${limit} wake-ups`;
        yield { hops: [from, to], settings: ["sender.pingEveryMs", "receiver.maxRequests"], says };
      }
    },
  },
  {
    id: "ka-20",
    severity: "note",
    concerns: ["sender"],
    says: "A retry of UNAVAILABLE alone hides too_many_pings on some clients and not on others.",
    seen: "RESOURCE_EXHAUSTED in grpc-js, Java and connect-node, UNAVAILABLE (and so a retry) in Go and Python.",
    fix: "Mend the ping settings; never retry RESOURCE_EXHAUSTED for this.",
    sources: ["js", "java", "measured"],
    *find({ legs }) {
      for (const { from, to, sender, receiver } of legs) {
        const { retry } = sender;
        if (retry === undefined || !below(sender.pingEveryMs, receiver.permitEveryMs)) continue;
        const told = hopKindTable[from.kind].tooManyPings;
        if (told === undefined || retry.codes.includes("RESOURCE_EXHAUSTED")) continue;
        const says = `${from.name} reports ${to.name}'s too_many_pings as ${told}, which its policy ${retry.codes.includes(told) ? "repeats, and so hides" : "does not repeat"}`;
        yield { hops: [from, to], settings: ["sender.retry", "sender.pingEveryMs"], says };
      }
    },
  },
];

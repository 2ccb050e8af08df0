/** Rules about the timers that hops keep on single calls, against what calls are really like. PINGs reset none of them. */

import { durationText as time } from "../facts/duration.ts";
import { atMost, below, ends, type Rule } from "./rule.ts";

export const timerRules: readonly Rule[] = [
  {
    id: "st-01",
    severity: "error",
    concerns: ["nginx", "relay", "calls"],
    says: "nginx's grpc_read_timeout must outlast the server's longest silence.",
    seen: "RST_STREAM(INTERNAL_ERROR), which is 13 INTERNAL; before headers 504, which is UNAVAILABLE.",
    fix: "Raise it, or send heartbeats; client PINGs do not help.",
    sources: ["nginx", "measured"],
    needs: ["longestSilenceDownMs"],
    *find({ relays, silenceDownMs }) {
      for (const { hop, relay } of relays)
        if (hop.kind === "nginx" && atMost(relay.silenceDownMs, silenceDownMs))
          yield {
            hops: [hop],
            settings: ["relay.silenceDownMs"],
            says: `${hop.name} gives the server ${time(relay.silenceDownMs ?? 0)} between two reads, and it may be silent for ${time(silenceDownMs ?? 0)}`,
          };
    },
  },
  {
    id: "st-02",
    severity: "error",
    concerns: ["nginx", "relay", "calls"],
    says: "nginx's client_body_timeout and grpc_send_timeout must outlast the client's longest silence.",
    seen: "A stream that is quiet upwards ends with 408 or a reset, though the server talks.",
    fix: "Raise both together with grpc_read_timeout, or let clients send heartbeats.",
    sources: ["nginx", "nginx-core"],
    needs: ["longestSilenceUpMs"],
    *find({ relays, silenceUpMs }) {
      for (const { hop, relay } of relays)
        if (hop.kind === "nginx" && atMost(relay.silenceUpMs, silenceUpMs))
          yield {
            hops: [hop],
            settings: ["relay.silenceUpMs"],
            says: `${hop.name} gives the client ${time(relay.silenceUpMs ?? 0)} between two reads, and it may be silent for ${time(silenceUpMs ?? 0)}`,
          };
    },
  },
  {
    id: "st-03",
    severity: "error",
    concerns: ["envoy", "relay", "calls"],
    says: "Envoy's route timeout, 15 s unless set, must outlast the longest call.",
    seen: "upstream request timeout: 504, or a reset after headers; server streams die at 15 s, bidi streams do not.",
    fix: "timeout: 0s on the route, with max_stream_duration or deadlines as the limit.",
    sources: ["envoy-timeouts", "envoy"],
    needs: ["longestCallMs"],
    *find({ relays, workload: { longestCallMs } }) {
      for (const { hop, relay } of relays)
        if (hop.kind === "envoy" && below(relay.responseMs, longestCallMs))
          yield {
            hops: [hop],
            settings: ["relay.responseMs"],
            says: `${hop.name} gives a response ${time(relay.responseMs ?? 0)}, and calls take up to ${time(longestCallMs ?? 0)}`,
          };
    },
  },
  {
    id: "st-04",
    severity: "error",
    concerns: ["envoy", "relay", "calls"],
    says: "Envoy's stream_idle_timeout, 5 min unless set, must outlast a call's longest silence.",
    seen: "408, or a reset without a status: INTERNAL or UNKNOWN at the client.",
    fix: "The route's idle_timeout above the longest silence, or heartbeats.",
    sources: ["envoy-timeouts", "envoy"],
    needs: ["longestSilenceDownMs", "longestSilenceUpMs"],
    *find({ relays, silenceDownMs = 0, silenceUpMs = 0 }) {
      const quietMs = Math.min(silenceDownMs, silenceUpMs);
      for (const { hop, relay } of relays)
        if (hop.kind === "envoy" && atMost(relay.streamIdleMs, quietMs))
          yield {
            hops: [hop],
            settings: ["relay.streamIdleMs"],
            says: `${hop.name} ends calls that are quiet for ${time(relay.streamIdleMs ?? 0)}, and they may be for ${time(quietMs)}`,
          };
    },
  },
  {
    id: "st-05",
    severity: "error",
    concerns: ["envoy", "relay", "calls"],
    says: "A limit on a call's life must outlast the longest call.",
    seen: "RST_STREAM, whatever the call is doing.",
    fix: "Raise max_stream_duration, or let streams be resumed.",
    sources: ["envoy"],
    needs: ["longestCallMs"],
    *find({ relays, workload: { longestCallMs } }) {
      for (const { hop, relay } of relays)
        if (below(relay.maxCallMs, longestCallMs))
          yield {
            hops: [hop],
            settings: ["relay.maxCallMs"],
            says: `${hop.name} ends every call after ${time(relay.maxCallMs ?? 0)}, and they take up to ${time(longestCallMs ?? 0)}`,
          };
    },
  },
  {
    id: "st-06",
    severity: "warning",
    concerns: ["relay", "calls"],
    says: "A hop must not give up before the caller does.",
    seen: "UNAVAILABLE or INTERNAL where DEADLINE_EXCEEDED was meant: clients repeat what is still running.",
    fix: "A limit above the deadline, or let the hop read grpc-timeout (grpc_timeout_header_max).",
    sources: ["envoy", "grpc-http2"],
    needs: ["deadlineMs"],
    *find({ relays, workload: { deadlineMs } }) {
      if (!ends(deadlineMs)) return;
      for (const { hop, relay } of relays)
        for (const name of ["responseMs", "maxCallMs"] as const)
          if (below(relay[name], deadlineMs))
            yield {
              hops: [hop],
              settings: [`relay.${name}`, "calls.deadlineMs"],
              says: `${hop.name} ends calls after ${time(relay[name] ?? 0)}, callers wait for ${time(deadlineMs)}`,
            };
    },
  },
  {
    id: "st-07",
    severity: "error",
    concerns: ["haproxy", "relay", "calls"],
    says: "HAProxy's timeout server and timeout client must outlast a call's longest silence.",
    seen: "A stream without trailers: INTERNAL in grpc-js and Go, UNKNOWN in Python; before headers 504.",
    fix: "Raise both; timeout tunnel is for upgraded connections and does nothing here.",
    sources: ["haproxy", "measured"],
    needs: ["longestSilenceDownMs", "longestSilenceUpMs"],
    *find({ relays, silenceDownMs, silenceUpMs }) {
      for (const { hop, relay } of relays.filter((each) => each.hop.kind === "haproxy")) {
        if (atMost(relay.silenceDownMs, silenceDownMs))
          yield {
            hops: [hop],
            settings: ["relay.silenceDownMs"],
            says: `${hop.name}'s timeout server is ${time(relay.silenceDownMs ?? 0)}, and servers may be silent for ${time(silenceDownMs ?? 0)}`,
          };
        if (atMost(relay.silenceUpMs, silenceUpMs))
          yield {
            hops: [hop],
            settings: ["relay.silenceUpMs"],
            says: `${hop.name}'s timeout client is ${time(relay.silenceUpMs ?? 0)}, and clients may be silent for ${time(silenceUpMs ?? 0)}`,
          };
      }
    },
  },
  {
    id: "st-08",
    severity: "error",
    concerns: ["aws-alb", "relay", "calls"],
    says: "An ALB's idle timeout, 60 s unless set, must outlast a call's longest silence in application bytes.",
    seen: "UNAVAILABLE or INTERNAL at the idle timeout; PINGs do not count.",
    fix: "idle_timeout up to 4000 s, or heartbeats at half of it.",
    sources: ["alb-idle"],
    needs: ["longestSilenceDownMs", "longestSilenceUpMs"],
    *find({ relays, silenceDownMs = 0, silenceUpMs = 0 }) {
      const quietMs = Math.min(silenceDownMs, silenceUpMs);
      for (const { hop, relay } of relays)
        if (hop.kind === "aws-alb" && atMost(relay.streamIdleMs, quietMs))
          yield {
            hops: [hop],
            settings: ["relay.streamIdleMs"],
            says: `${hop.name} ends what is quiet for ${time(relay.streamIdleMs ?? 0)}, and calls may be for ${time(quietMs)}`,
          };
    },
  },
  {
    id: "st-09",
    severity: "error",
    concerns: ["gcp-alb", "relay", "calls"],
    says: "A Google backend service's timeout, 30 s unless set, must outlast the longest call.",
    seen: "A reset, or an answer like 504, at the timeout.",
    fix: "Raise timeoutSec above the longest stream.",
    sources: ["gcp-alb"],
    needs: ["longestCallMs"],
    *find({ relays, workload: { longestCallMs } }) {
      for (const { hop, relay } of relays)
        if (hop.kind === "gcp-alb" && below(relay.responseMs, longestCallMs))
          yield {
            hops: [hop],
            settings: ["relay.responseMs"],
            says: `${hop.name} gives a response ${time(relay.responseMs ?? 0)}, and calls take up to ${time(longestCallMs ?? 0)}`,
          };
    },
  },
  {
    id: "st-10",
    severity: "error",
    concerns: ["cloudflare", "relay", "calls"],
    says: "Cloudflare waits 120 s for the origin: the server's longest silence must stay below.",
    seen: "524, which clients read as UNKNOWN.",
    fix: "Heartbeats from the server.",
    sources: ["cloudflare"],
    needs: ["longestSilenceDownMs"],
    *find({ relays, silenceDownMs }) {
      for (const { hop, relay } of relays)
        if (hop.kind === "cloudflare" && atMost(relay.silenceDownMs, silenceDownMs))
          yield {
            hops: [hop],
            settings: ["relay.silenceDownMs"],
            says: `${hop.name} waits ${time(relay.silenceDownMs ?? 0)}, and servers may be silent for ${time(silenceDownMs ?? 0)}`,
          };
    },
  },
  {
    id: "st-11",
    severity: "warning",
    concerns: ["calls", "relay"],
    says: "Somebody must end a call that takes for ever: a deadline, or a hop's limit.",
    seen: "Calls and memory that pile up on both sides after a failure that nobody noticed.",
    fix: "A deadline on every call.",
    sources: ["tcp", "grpc-http2"],
    needs: ["deadlineMs"],
    *find({ client, relays, workload: { deadlineMs } }) {
      const limited = relays.some(({ relay }) => ends(relay.maxCallMs) || ends(relay.responseMs));
      if (ends(deadlineMs) || limited) return;
      yield { hops: [client], settings: ["calls.deadlineMs"], says: `neither ${client.name} nor a hop ends a call` };
    },
  },
  {
    id: "st-12",
    severity: "note",
    concerns: ["grpc-dotnet", "receiver"],
    says: "Kestrel's data rate limit holds for unary uploads; grpc-dotnet takes it off streams.",
    seen: "A slow unary upload of much data is cut.",
    fix: "MinRequestBodyDataRate, if uploads are slow.",
    sources: ["dotnet"],
    needs: ["messageBytes"],
    *find({ legs, workload: { messageBytes } }) {
      for (const { to } of legs)
        if (to.kind === "grpc-dotnet" && below(4_194_304, messageBytes))
          yield {
            hops: [to],
            settings: ["calls.messageBytes"],
            says: `${to.name} wants 240 bytes a second of each large message`,
          };
    },
  },
  {
    id: "st-13",
    severity: "warning",
    concerns: ["calls", "relay", "wire"],
    says: "Heartbeats must come at twice the pace of the strictest timer.",
    seen: "One late heartbeat ends the stream.",
    fix: "At most half of the shortest timer on the way.",
    sources: ["alb-idle", "nginx", "envoy-timeouts"],
    *find({ relays, legs, workload: { heartbeatMs } }) {
      if (!ends(heartbeatMs)) return;
      for (const { hop, relay } of relays)
        for (const name of ["streamIdleMs", "silenceDownMs", "silenceUpMs"] as const)
          if (below(relay[name], 2 * heartbeatMs))
            yield {
              hops: [hop],
              settings: [`relay.${name}`, "calls.heartbeatMs"],
              says: `heartbeats come every ${time(heartbeatMs)}, ${hop.name} waits ${time(relay[name] ?? 0)}`,
            };
      for (const { from, to, over, forgetsAfterMs, pingEveryMs } of legs)
        if (below(forgetsAfterMs, 2 * heartbeatMs) && pingEveryMs >= forgetsAfterMs)
          yield {
            hops: [from, to, ...over],
            settings: ["wire.forgetsAfterMs", "calls.heartbeatMs"],
            says: `heartbeats come every ${time(heartbeatMs)}, and the way from ${from.name} to ${to.name} forgets after ${time(forgetsAfterMs)}`,
          };
    },
  },
];

/** Rules about sizes, counts and retries. */

import { byteSizeText as size } from "../facts/byte-size.ts";
import { durationText as time } from "../facts/duration.ts";
import { hopKindTable } from "../hops/hop-kinds-table.ts";
import { atMost, below, ends, type Rule } from "./rule.ts";

/** gRFC A6: a policy is capped at five attempts, and needs two to be one. */
const leastAttempts = 2;
/** Attempts over all hops: more turns one failure into a storm. */
const mostAttempts = 8;
/** Codes that say nothing about whether the call ran. */
const unsafeCodes = ["INTERNAL", "UNKNOWN", "DEADLINE_EXCEEDED", "CANCELLED"];
/** nghttp2 lets so many resets a second pass, after a burst of 1000. */
const resetsPerS = 33;

export const limitRules: readonly Rule[] = [
  {
    id: "lm-01",
    severity: "warning",
    concerns: ["sender", "receiver", "calls"],
    says: "Connections times the streams that each may carry must hold the calls of the peak.",
    seen: "Calls wait in the client for a slot and end with DEADLINE_EXCEEDED.",
    fix: "More connections, or a higher limit at the hop.",
    sources: ["a105", "measured"],
    needs: ["peakCalls"],
    *find({ legs, workload: { peakCalls } }) {
      for (const { from, to, sender, receiver, isFirst } of legs) {
        const connections = sender.connections ?? 1;
        if (!isFirst || !ends(receiver.maxStreams) || !below(connections * receiver.maxStreams, peakCalls)) continue;
        const says = `${to.name} takes ${receiver.maxStreams} calls on a connection, and ${from.name} has up to ${peakCalls ?? 0} on ${connections}`;
        yield { hops: [from, to], settings: ["sender.connections", "receiver.maxStreams"], says };
      }
    },
  },
  {
    id: "lm-02",
    severity: "error",
    concerns: ["nginx", "relay", "calls"],
    says: "nginx's client_max_body_size, 1 MiB unless set, must hold a whole client stream.",
    seen: "413, which clients read as UNKNOWN.",
    fix: "client_max_body_size 0 where gRPC is passed on.",
    sources: ["nginx-core", "measured"],
    needs: ["streamBytes"],
    *find({ relays, workload: { streamBytes } }) {
      for (const { hop, relay } of relays)
        if (below(relay.maxBodyBytes, streamBytes))
          yield {
            hops: [hop],
            settings: ["relay.maxBodyBytes"],
            says: `${hop.name} takes ${size(relay.maxBodyBytes ?? 0)} of a request, and a stream may have ${size(streamBytes ?? 0)}`,
          };
    },
  },
  {
    id: "lm-03",
    severity: "error",
    concerns: ["sender", "receiver", "calls"],
    says: "Whoever receives must take the largest message that is sent.",
    seen: "RESOURCE_EXHAUSTED: Received message larger than max.",
    fix: "Raise the limit at both ends, 4 MiB unless set.",
    sources: ["grpc-http2"],
    needs: ["messageBytes"],
    *find({ client, server, workload: { messageBytes } }) {
      for (const [hop, side, name] of [
        [client, client.sender, "sender"],
        [server, server.receiver, "receiver"],
      ] as const)
        for (const limit of ["maxReceiveBytes", "maxSendBytes"] as const)
          if (below(side?.[limit], messageBytes))
            yield {
              hops: [hop],
              settings: [`${name}.${limit}`],
              says: `${hop.name} ${limit === "maxReceiveBytes" ? "takes" : "sends"} messages of up to ${size(side?.[limit] ?? 0)}, and they have up to ${size(messageBytes ?? 0)}`,
            };
    },
  },
  {
    id: "lm-04",
    severity: "error",
    concerns: ["sender", "receiver", "calls"],
    says: "Every hop must take the largest metadata.",
    seen: "RESOURCE_EXHAUSTED: received initial metadata size exceeds limit; between C-core's two limits at random.",
    fix: "Smaller metadata (tokens!), or a higher limit at every hop.",
    sources: ["core", "java", "nginx-core", "measured"],
    needs: ["metadataBytes"],
    *find({ legs, client, workload: { metadataBytes, responseMetadataBytes } }) {
      for (const { to, receiver } of legs)
        if (below(receiver.maxMetadataBytes, metadataBytes))
          yield {
            hops: [to],
            settings: ["receiver.maxMetadataBytes"],
            says: `${to.name} takes ${size(receiver.maxMetadataBytes ?? 0)} of metadata, and calls have up to ${size(metadataBytes ?? 0)}`,
          };
      const answerBytes = responseMetadataBytes ?? metadataBytes;
      if (below(client.sender?.maxMetadataBytes, answerBytes))
        yield {
          hops: [client],
          settings: ["sender.maxMetadataBytes"],
          says: `${client.name} takes ${size(client.sender?.maxMetadataBytes ?? 0)} of metadata, and answers have up to ${size(answerBytes ?? 0)}`,
        };
    },
  },
  {
    id: "lm-05",
    severity: "warning",
    concerns: ["nginx", "relay", "calls"],
    says: "nginx's grpc_buffer_size must hold the response's headers.",
    seen: "502, which is UNAVAILABLE.",
    fix: "Raise grpc_buffer_size above the response's metadata.",
    sources: ["nginx"],
    needs: ["responseMetadataBytes"],
    *find({ relays, workload: { responseMetadataBytes } }) {
      for (const { hop, relay } of relays)
        if (below(relay.headerBufferBytes, responseMetadataBytes))
          yield {
            hops: [hop],
            settings: ["relay.headerBufferBytes"],
            says: `${hop.name} holds ${size(relay.headerBufferBytes ?? 0)} of response headers, and they have up to ${size(responseMetadataBytes ?? 0)}`,
          };
    },
  },
  {
    id: "lm-06",
    severity: "warning",
    concerns: ["sender", "receiver", "calls"],
    says: "A window must hold what is under way in a round trip, and the connection's more than one stream's.",
    seen: "A stream that never gets faster than window by round trip; one slow reader that stops all.",
    fix: "Leave windows to the library, or set bandwidth times round trip.",
    sources: ["rfc-flow"],
    needs: ["bytesPerS", "roundTripMs"],
    *find({ legs, workload: { bytesPerS = 0, roundTripMs = 0 } }) {
      const underWay = (bytesPerS * roundTripMs) / 1_000;
      for (const { from, to, sender, receiver } of legs)
        for (const [hop, side, name] of [
          [from, sender, "sender"],
          [to, receiver, "receiver"],
        ] as const) {
          if (below(side.windowBytes, underWay))
            yield {
              hops: [hop],
              settings: [`${name}.windowBytes`],
              says: `${hop.name} has a window of ${size(side.windowBytes ?? 0)}: at ${time(roundTripMs)} no stream gets more than ${size(Math.round(((side.windowBytes ?? 0) * 1_000) / Math.max(1, roundTripMs)))} a second`,
            };
          if (atMost(side.connectionWindowBytes, side.windowBytes))
            yield {
              hops: [hop],
              settings: [`${name}.connectionWindowBytes`],
              says: `${hop.name}'s connection has no larger a window (${size(side.connectionWindowBytes ?? 0)}) than one stream`,
            };
        }
    },
  },
  {
    id: "lm-07",
    severity: "warning",
    concerns: ["sender", "relay"],
    says: "Retries of several hops multiply: more than 8 attempts in all make a storm.",
    seen: "A server that fails gets several times its load.",
    fix: "Repeat at one place, best at the client; elsewhere only what was not sent.",
    sources: ["a6", "envoy"],
    *find({ client, relays }) {
      const mine = client.sender?.retry?.maxAttempts ?? 1;
      const attempts = relays.reduce((product, { relay }) => product * (relay.attempts ?? 1), mine);
      if (attempts <= mostAttempts) return;
      const hops = [client, ...relays.filter(({ relay }) => (relay.attempts ?? 1) > 1).map(({ hop }) => hop)];
      yield {
        hops,
        settings: ["sender.retry", "relay.attempts"],
        says: `one call may be tried ${attempts} times over all hops`,
      };
    },
  },
  {
    id: "lm-08",
    severity: "error",
    concerns: ["sender", "written"],
    says: "A retry policy needs maxAttempts of 2 or more, backoffs, codes, and keys in lowerCamelCase.",
    seen: "grpc-js throws, grpcio fails every call with INVALID_ARGUMENT; Go alone reads MaxAttempts.",
    fix: "maxAttempts, initialBackoff, maxBackoff, backoffMultiplier, retryableStatusCodes, spelt so.",
    sources: ["a6", "go", "js", "measured"],
    *find({ client }) {
      const { retry } = client.sender ?? {};
      for (const { name } of client.written ?? [])
        if (/^retryPolicy\.[A-Z]/.test(name))
          yield {
            hops: [client],
            settings: [`written.${name}`],
            says: `${name.replace("retryPolicy.", "")} begins with a capital: only Go reads it`,
          };
      if (retry === undefined) return;
      const faults = [
        ...(below(retry.maxAttempts, leastAttempts) || retry.maxAttempts === undefined
          ? ["maxAttempts of 2 or more"]
          : []),
        ...(retry.initialBackoffMs === undefined || retry.maxBackoffMs === undefined ? ["both backoffs"] : []),
        ...(retry.codes.length === 0 ? ["codes"] : []),
        ...(retry.hedges === true ? ["no hedging beside it"] : []),
      ];
      if (faults.length > 0)
        yield {
          hops: [client],
          settings: ["sender.retry"],
          says: `${client.name}'s retry policy lacks ${faults.join(", ")}`,
        };
    },
  },
  {
    id: "lm-09",
    severity: "warning",
    concerns: ["sender", "calls"],
    says: "Codes that say nothing about whether a call ran must not be repeated, unless it may run twice.",
    seen: "Side effects twice.",
    fix: "UNAVAILABLE alone; mend the timer that turns cuts into INTERNAL.",
    sources: ["a6", "grpc-http2"],
    *find({ client, workload: { repeatable } }) {
      const codes = client.sender?.retry?.codes ?? [];
      const unsafe = codes.filter((code) => unsafeCodes.includes(code));
      if (unsafe.length > 0 && repeatable !== true)
        yield { hops: [client], settings: ["sender.retry"], says: `${client.name} repeats ${unsafe.join(", ")}` };
      // What limits load, or broke a ping policy, gets worse by coming again.
      if (codes.includes("RESOURCE_EXHAUSTED"))
        yield {
          hops: [client],
          settings: ["sender.retry"],
          says: `${client.name} repeats RESOURCE_EXHAUSTED, which too_many_pings and messages that are too large are, too`,
        };
    },
  },
  {
    id: "lm-10",
    severity: "note",
    concerns: ["sender", "calls"],
    says: "What is larger than the retry buffer is never repeated.",
    seen: "No retry, silently; client streams are committed with the first response headers anyway.",
    fix: "Raise grpc.per_rpc_retry_buffer_size (C-core), or retry in the application.",
    sources: ["a6", "core", "js"],
    needs: ["messageBytes"],
    *find({ client, workload: { messageBytes } }) {
      const { retry, retryBufferBytes } = client.sender ?? {};
      if (retry !== undefined && below(retryBufferBytes, messageBytes))
        yield {
          hops: [client],
          settings: ["sender.retryBufferBytes"],
          says: `${client.name} keeps ${size(retryBufferBytes ?? 0)} for a retry, and messages have up to ${size(messageBytes ?? 0)}`,
        };
    },
  },
  {
    id: "lm-11",
    severity: "warning",
    concerns: ["envoy", "relay", "calls"],
    says: "Envoy's circuit breakers, 1024 unless set, must hold the calls of the peak.",
    seen: "UNAVAILABLE: upstream connect error … reset reason: overflow.",
    fix: "max_requests above the peak of all clients.",
    sources: ["envoy"],
    needs: ["peakCalls"],
    *find({ relays, workload: { peakCalls } }) {
      for (const { hop, relay } of relays)
        if (below(relay.maxInFlight, peakCalls))
          yield {
            hops: [hop],
            settings: ["relay.maxInFlight"],
            says: `${hop.name} lets ${relay.maxInFlight ?? 0} calls pass at once, and there may be ${peakCalls ?? 0}`,
          };
    },
  },
  {
    id: "lm-12",
    severity: "warning",
    concerns: ["receiver", "calls"],
    says: "Clients that cancel much must stay below the guard against rapid resets.",
    seen: "GOAWAY(INTERNAL_ERROR) from Node and nghttp2, GOAWAY(ENHANCE_YOUR_CALM) from hyper.",
    fix: "Fewer cancellations, or more connections.",
    sources: ["nghttp2", "rfc-limits", "node"],
    needs: ["cancelsPerS"],
    *find({ legs, workload: { cancelsPerS } }) {
      for (const { to } of legs)
        if (["grpc-js", "node-http2"].includes(to.kind) && below(resetsPerS, cancelsPerS))
          yield {
            hops: [to],
            settings: ["calls.cancelsPerS"],
            says: `${cancelsPerS ?? 0} calls are cancelled each second, ${hopKindTable[to.kind].title} bears ${resetsPerS} for long`,
          };
    },
  },
];

/** Rules about what was typed: units, names that are gone, protocols that do not meet. */

import { hopKindTable } from "../hops/hop-kinds-table.ts";
import type { Hop, Written } from "../hops/path.ts";
import type { Rule } from "./rule.ts";

/** The largest number of a channel argument of C-core, and its word for "off". */
const int32 = 2_147_483_647; // 2^31 - 1
/** Less than a second in an argument of ms was most likely meant as seconds. */
const likelyMs = 1_000;

/** Directives and functions that are gone or renamed, with what to write. */
const renamed: Readonly<Record<string, string>> = {
  http2_idle_timeout: "keepalive_timeout (nginx 1.19.7)",
  http2_max_requests: "keepalive_requests (nginx 1.19.7)",
  http2_recv_timeout: "client_header_timeout (nginx 1.19.7)",
  http2_max_field_size: "large_client_header_buffers (nginx 1.19.7)",
  http2_max_header_size: "large_client_header_buffers (nginx 1.19.7)",
  "listen … http2": "http2 on (nginx 1.25.1)",
  WithInitialWindowSize: "WithStaticStreamWindowSize, or none (grpc-go)",
  "grpc.Dial": "grpc.NewClient (grpc-go 1.63)",
  "grpc.max_message_length": "grpc.max_receive_message_length",
};

/** Settings whose default moved between versions. */
const moved: Readonly<Record<string, readonly string[]>> = {
  envoy: ["max_concurrent_streams", "initial_stream_window_size"],
  nginx: ["keepalive_requests", "keepalive"],
};

function* writtenOf(hops: readonly Hop[]): Iterable<readonly [hop: Hop, written: Written]> {
  for (const hop of hops) for (const written of hop.written ?? []) yield [hop, written];
}

export const typedRules: readonly Rule[] = [
  {
    id: "cs-01",
    severity: "error",
    concerns: ["envoy", "sender"],
    says: "A hop must speak HTTP/2 to a gRPC server; an Envoy cluster does so only when told.",
    seen: "HTTP/1.1 at a gRPC server: bogus greeting, UNAVAILABLE or INTERNAL.",
    fix: "http2_protocol_options in the cluster's HttpProtocolOptions.",
    sources: ["envoy", "grpc-http2"],
    *find({ legs }) {
      for (const { from, to, sender } of legs)
        if (sender.speaksHttp2 === false)
          yield {
            hops: [from, to],
            settings: ["sender.speaksHttp2"],
            says: `${from.name} speaks HTTP/1.1 to ${to.name}`,
          };
    },
  },
  {
    id: "cs-02",
    severity: "error",
    concerns: ["sender", "receiver"],
    says: "Both ends of a leg must agree on TLS and HTTP/2.",
    seen: "UNAVAILABLE: the handshake or the preface fails.",
    fix: "TLS with ALPN h2 on both ends, or on neither.",
    sources: ["go", "haproxy", "nginx-http2"],
    *find({ legs }) {
      for (const { from, to, sender, receiver } of legs) {
        if (receiver.speaksHttp2 === false)
          yield { hops: [to], settings: ["receiver.speaksHttp2"], says: `${to.name} does not offer HTTP/2` };
        if (sender.tls !== undefined && receiver.tls !== undefined && sender.tls !== receiver.tls)
          yield {
            hops: [from, to],
            settings: ["sender.tls", "receiver.tls"],
            says: `${from.name} speaks ${sender.tls ? "TLS" : "plain text"}, ${to.name} ${receiver.tls ? "TLS" : "plain text"}`,
          };
      }
    },
  },
  {
    id: "cs-03",
    severity: "error",
    concerns: ["grpc-go", "grpc-core", "grpc-js", "written"],
    says: "A time must have the unit that it is read in: Go counts ns, channel arguments ms.",
    seen: "Time: 30 is 30 ns and runs as 10 s; 30 in an argument of ms is asked 33 times a second.",
    fix: "30 * time.Second; 30000.",
    sources: ["go", "core"],
    *find({ hops }) {
      for (const [hop, { name, value }] of writtenOf(hops)) {
        const isMs = name.endsWith("_ms") && typeof value === "number" && value > 0 && value < likelyMs;
        const isBare =
          hop.kind === "grpc-go" && /Parameters\.|Policy\./.test(name) && typeof value === "number" && value > 0;
        if (isMs || isBare)
          yield {
            hops: [hop],
            settings: [`written.${name}`],
            says: `${hop.name} has ${name}: ${value}, which is ${value} ${isMs ? "ms" : "ns"}`,
          };
      }
    },
  },
  {
    id: "cs-04",
    severity: "error",
    concerns: ["grpc-core", "grpc-js", "written"],
    says: "A channel argument of ms must stay below 2^31.",
    seen: "A timer that fires at once (Node), or an argument that is refused (C-core).",
    fix: "Leave it out where it should never happen.",
    sources: ["node", "core"],
    *find({ hops }) {
      for (const [hop, { name, value }] of writtenOf(hops))
        if (name.endsWith("_ms") && typeof value === "number" && value > int32)
          yield { hops: [hop], settings: [`written.${name}`], says: `${hop.name} has ${name}: ${value}` };
    },
  },
  {
    id: "cs-05",
    severity: "note",
    concerns: ["nginx", "grpc-go", "written"],
    says: "What is renamed or gone should be written with its new name.",
    seen: "A warning at the start, or no effect.",
    fix: "The new name.",
    sources: ["nginx-http2", "go"],
    *find({ hops }) {
      for (const [hop, { name }] of writtenOf(hops)) {
        const now = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
        if (now !== undefined)
          yield { hops: [hop], settings: [`written.${name}`], says: `${hop.name} has ${name}; today it is ${now}` };
      }
    },
  },
  {
    id: "cs-06",
    severity: "note",
    concerns: ["envoy", "nginx", "written"],
    says: "A default that moved between versions should be written out.",
    seen: "The same file behaves otherwise after an update.",
    fix: "Write the value, or note the version.",
    sources: ["envoy", "nginx-core"],
    *find({ hops }) {
      for (const hop of hops) {
        if (hop.written === undefined || hop.version !== undefined) continue;
        const names = hop.written.map(({ name }) => name);
        const missing = (moved[hop.kind] ?? []).filter((name) => !names.includes(name));
        if (missing.length > 0)
          yield {
            hops: [hop],
            settings: missing.map((name) => `written.${name}`),
            says: `${hopKindTable[hop.kind].title}'s ${missing.join(", ")} had other defaults in other versions`,
          };
      }
    },
  },
];

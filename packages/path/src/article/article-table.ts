/**
 * The settings of the article "How to Fix 'Connection Reset' Errors in gRPC" as paths that rules can judge, and its figures as
 * it prints them. Owns no verdict.
 */

import type { Hop, Path, Workload } from "../hops/path.ts";

const s = 1_000;
const min = 60 * s;
const KiB = 1_024;

/** One figure as printed: where, what, and which setting of which hop it is. */
export interface ArticleFigure {
  readonly section: string;
  /** As printed there. */
  readonly text: string;
  /** `null`: no setting of a path; `says` tells what it is. */
  readonly setting: string | null;
  readonly says?: string;
}

export interface ArticlePath {
  readonly id: string;
  readonly title: string;
  readonly path: Path;
  /** Those of the hop of that name. */
  readonly figures: Readonly<Record<string, readonly ArticleFigure[]>>;
}

/** What the article's text speaks of: streams of minutes, quiet now and then, a balancer of 60 s, restarts. */
const workload: Workload = {
  longestCallMs: 5 * min,
  longestSilenceDownMs: 5 * min,
  longestSilenceUpMs: 5 * min,
  longestPauseMs: 10 * min,
  deadlineMs: Infinity,
  peakCalls: 200,
  messageBytes: 4_194_304, // gRPC's own limit
  streamBytes: 16 * KiB * KiB,
  metadataBytes: 4 * KiB,
  responseMetadataBytes: 4 * KiB,
  roundTripMs: 50,
  bytesPerS: 12_500_000, // 100 Mbit/s
  cancelsPerS: 0,
  repeatable: false,
  deploys: true,
  propagateMs: 5 * s,
  restartMs: 10 * s,
  networkIdleMs: Infinity,
  failoverMs: 0,
  callsInShutdown: false,
};

const retryWritten = ["MaxAttempts", "InitialBackoff", "MaxBackoff", "BackoffMultiplier", "RetryableStatusCodes"].map(
  (name) => ({ name: `retryPolicy.${name}`, value: "as printed" }),
);

const goClient: Hop = {
  name: "grpc-go client",
  kind: "grpc-go",
  sender: {
    pingEveryMs: 30 * s,
    pingTimeoutMs: 10 * s,
    pingsWithoutCalls: true,
    retry: {
      maxAttempts: 5,
      initialBackoffMs: 100,
      maxBackoffMs: 5 * s,
      multiplier: 2,
      codes: ["UNAVAILABLE", "RESOURCE_EXHAUSTED", "ABORTED"],
    },
  },
  written: [
    { name: "ClientParameters.Time", value: "30 * time.Second" },
    { name: "grpc.Dial", value: "" },
    ...retryWritten,
  ],
};

const goServer: Hop = {
  name: "grpc-go server",
  kind: "grpc-go",
  receiver: {
    idleAfterMs: 5 * min,
    ageMs: 30 * min,
    ageGraceMs: 5 * s,
    pingEveryMs: 2 * min,
    pingTimeoutMs: 20 * s,
    permitEveryMs: 30 * s,
    permitsWithoutCalls: true,
    servesHealth: true,
    lameDuckMs: 0, // it has no handler for SIGTERM
  },
};

const pythonClient: Hop = {
  name: "Python client",
  kind: "grpc-core",
  sender: { pingEveryMs: 30 * s, pingTimeoutMs: 10 * s, pingsWithoutCalls: true, maxPingsWithoutData: Infinity },
  written: [{ name: "grpc.keepalive_time_ms", value: 30_000 }],
};

/** What it believes to permit is under a name that nobody reads, so the default stays. */
const pythonServer: Hop = {
  name: "Python server",
  kind: "grpc-core",
  receiver: {
    idleAfterMs: 5 * min,
    ageMs: 30 * min,
    ageGraceMs: 5 * s,
    pingEveryMs: 2 * min,
    pingTimeoutMs: 20 * s,
    permitsWithoutCalls: true,
  },
  written: [{ name: "grpc.http2.min_recv_ping_interval_without_data_ms", value: 30_000 }],
};

const alb: Hop = {
  name: "AWS ALB",
  kind: "aws-alb",
  sender: { idleAfterMs: 2 * min },
  receiver: { idleAfterMs: 2 * min },
  relay: { streamIdleMs: 2 * min },
};

const nginx: Hop = {
  name: "nginx",
  kind: "nginx",
  sender: { idleAfterMs: 5 * min, tcpKeepaliveMs: 7_200 * s },
  receiver: {},
  relay: { silenceDownMs: 5 * min, silenceUpMs: min, headerBufferBytes: 16 * KiB },
  written: [
    { name: "keepalive", value: 32 },
    { name: "listen … http2", value: "443 ssl" },
  ],
};

const envoy: Hop = {
  name: "Envoy",
  kind: "envoy",
  sender: { speaksHttp2: false },
  receiver: {
    idleAfterMs: 5 * min,
    maxStreams: 100,
    windowBytes: 65_536,
    connectionWindowBytes: 1_048_576,
    pingEveryMs: 30 * s,
    pingTimeoutMs: 10 * s,
  },
  relay: { maxInFlight: 1_000, healthEveryMs: 10 * s, healthThreshold: 3 },
  written: [
    { name: "max_concurrent_streams", value: 100 },
    { name: "initial_stream_window_size", value: 65_536 },
  ],
};

const figure = (section: string, text: string, setting: string | null, says?: string): ArticleFigure => ({
  section,
  text,
  setting,
  ...(says === undefined ? {} : { says }),
});

const one = "Solution 1";
const two = "Solution 2";
const three = "Solution 3";

const goFigures: ArticlePath["figures"] = {
  "grpc-go client": [
    figure(one, "Time: 30 * time.Second", "sender.pingEveryMs"),
    figure(one, "Timeout: 10 * time.Second", "sender.pingTimeoutMs"),
    figure(one, "PermitWithoutStream: true (client)", "sender.pingsWithoutCalls"),
    figure(one, "grpc.Dial with insecure credentials", "written.grpc.Dial"),
    figure(three, '"MaxAttempts": 5', "written.retryPolicy.MaxAttempts"),
    figure(three, '"InitialBackoff": "0.1s"', "written.retryPolicy.InitialBackoff"),
    figure(three, '"MaxBackoff": "5s"', "written.retryPolicy.MaxBackoff"),
    figure(three, '"BackoffMultiplier": 2.0', "written.retryPolicy.BackoffMultiplier"),
    figure(three, "RetryableStatusCodes UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED", "sender.retry"),
    figure(three, "no deadline on the calls", "calls.deadlineMs"),
  ],
  "grpc-go server": [
    figure(one, "MaxConnectionIdle: 5 * time.Minute", "receiver.idleAfterMs"),
    figure(one, "MaxConnectionAge: 30 * time.Minute", "receiver.ageMs"),
    figure(one, "MaxConnectionAgeGrace: 5 * time.Second", "receiver.ageGraceMs"),
    figure(one, "Time: 2 * time.Minute", "receiver.pingEveryMs"),
    figure(one, "Timeout: 20 * time.Second", "receiver.pingTimeoutMs"),
    figure(one, "MinTime: 30 * time.Second", "receiver.permitEveryMs"),
    figure(one, "PermitWithoutStream: true (server)", "receiver.permitsWithoutCalls"),
  ],
};

const pythonFigures: ArticlePath["figures"] = {
  "Python client": [
    figure(one, "grpc.keepalive_time_ms 30000", "sender.pingEveryMs"),
    figure(one, "grpc.keepalive_timeout_ms 10000", "sender.pingTimeoutMs"),
    figure(one, "grpc.keepalive_permit_without_calls True (client)", "sender.pingsWithoutCalls"),
    figure(one, "grpc.http2.max_pings_without_data 0", "sender.maxPingsWithoutData"),
  ],
  "Python server": [
    figure(one, "grpc.keepalive_time_ms 120000", "receiver.pingEveryMs"),
    figure(one, "grpc.keepalive_timeout_ms 20000", "receiver.pingTimeoutMs"),
    figure(one, "grpc.keepalive_permit_without_calls True (server)", "receiver.permitsWithoutCalls"),
    figure(one, "grpc.max_connection_age_ms 1800000", "receiver.ageMs"),
    figure(one, "grpc.max_connection_age_grace_ms 5000", "receiver.ageGraceMs"),
    figure(one, "grpc.max_connection_idle_ms 300000", "receiver.idleAfterMs"),
    figure(
      one,
      "grpc.http2.min_recv_ping_interval_without_data_ms 30000",
      "written.grpc.http2.min_recv_ping_interval_without_data_ms",
    ),
    figure(
      one,
      "ThreadPoolExecutor(max_workers=10)",
      null,
      "ten calls at once, streams included; the eleventh waits for a thread",
    ),
  ],
};

const albFigures: ArticlePath["figures"] = {
  "AWS ALB": [
    figure(two, "idle_timeout = 120", "relay.streamIdleMs"),
    figure(
      two,
      "stickiness lb_cookie, 86400 s",
      null,
      "binds a client to a target by cookie, which gRPC clients do not keep; it has nothing to do with idleness",
    ),
    figure(
      two,
      'protocol_version = "GRPC", port 50051, target_type "ip"',
      null,
      "right: without it the calls are answered with 464",
    ),
    figure(
      two,
      'health_check "/grpc.health.v1.Health/Check", matcher "0", 30 s, timeout 5 s, thresholds 2 and 2',
      null,
      "right; a target that fails is out after 60 s, so a server must accept for as long after it was told to stop",
    ),
    figure(two, "no client_keep_alive", "receiver.ageMs"),
  ],
};

const nginxFigures: ArticlePath["figures"] = {
  nginx: [
    figure(two, "keepalive 32 (upstream of two servers)", null, "right: connections to servers are kept"),
    figure(
      two,
      "keepalive_requests 10000 (upstream)",
      null,
      "right, of the servers' connections; clients' connections keep their default of 1000",
    ),
    figure(two, "no keepalive_requests for clients", "receiver.maxRequests"),
    figure(two, "keepalive_timeout 300s (upstream)", "sender.idleAfterMs"),
    figure(two, "listen 443 ssl http2", "written.listen … http2"),
    figure(two, "grpc_pass grpc://grpc_backend", "sender.tls"),
    figure(two, "grpc_connect_timeout 10s", null, "right; 5 s would do where the next server is tried"),
    figure(two, "grpc_read_timeout 300s", "relay.silenceDownMs"),
    figure(two, "grpc_send_timeout 300s, without client_body_timeout", "relay.silenceUpMs"),
    figure(two, "no client_max_body_size", "relay.maxBodyBytes"),
    figure(two, "grpc_socket_keepalive on", "sender.tcpKeepaliveMs"),
    figure(two, "grpc_buffer_size 16k", "relay.headerBufferBytes"),
    figure(
      two,
      "error_page 502 to return 204 with grpc-status 14",
      null,
      "204 loses the content type: Go and Java report UNKNOWN (measured); 503 and 504 are forgotten; return 200",
    ),
  ],
};

const envoyFigures: ArticlePath["figures"] = {
  Envoy: [
    figure(two, "idle_timeout: 300s", "receiver.idleAfterMs"),
    figure(two, "no route_config: the route's timeout of 15 s stays", "relay.responseMs"),
    figure(two, "no stream_idle_timeout: 5 min stay", "relay.streamIdleMs"),
    figure(
      two,
      "codec_type: AUTO on 0.0.0.0:8080",
      null,
      "takes HTTP/1.1 as well, which is no gRPC; HTTP2 says what is meant",
    ),
    figure(two, "max_concurrent_streams: 100", "receiver.maxStreams"),
    figure(two, "initial_stream_window_size: 65536", "receiver.windowBytes"),
    figure(two, "initial_connection_window_size: 1048576", "receiver.connectionWindowBytes"),
    figure(
      two,
      "connection_keepalive interval 30s, timeout 10s",
      "receiver.pingEveryMs",
      "right for the connection; it resets no timer of a call",
    ),
    figure(two, "cluster without http2_protocol_options", "sender.speaksHttp2"),
    figure(
      two,
      "connect_timeout: 5s, STRICT_DNS, ROUND_ROBIN, no load_assignment",
      null,
      "right as settings, but a cluster without load_assignment has nobody to call",
    ),
    figure(two, "circuit breakers: 1000, 1000, 1000", "relay.maxInFlight"),
    figure(two, "grpc_health_check: 5s, every 10s, thresholds 3 and 2", "relay.healthEveryMs"),
  ],
};

export const articlePaths: readonly ArticlePath[] = [
  { id: "go", title: "Go client, Go server", path: { hops: [goClient, goServer], workload }, figures: goFigures },
  {
    id: "python",
    title: "Python client, Python server",
    path: { hops: [pythonClient, pythonServer], workload },
    figures: pythonFigures,
  },
  { id: "alb", title: "behind an ALB", path: { hops: [goClient, alb, goServer], workload }, figures: albFigures },
  {
    id: "nginx",
    title: "behind nginx",
    path: { hops: [goClient, nginx, goServer], workload: { ...workload, networkIdleMs: 350 * s } },
    figures: nginxFigures,
  },
  { id: "envoy", title: "behind Envoy", path: { hops: [goClient, envoy, goServer], workload }, figures: envoyFigures },
];

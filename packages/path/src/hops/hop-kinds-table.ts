/**
 * What each kind of hop does and what it has when nothing is set, as its source or its vendor's pages have it. One row a
 * kind; a value that could not be verified is left out, so that no rule leans on it.
 */

import type { HopKind } from "./hop-kind.ts";
import type { Receiver, Relay, Sender, Wire } from "./path.ts";

export interface KindTraits {
  /** How people call it. */
  readonly title: string;
  readonly sender?: Sender;
  readonly receiver?: Receiver;
  readonly relay?: Relay;
  readonly wire?: Wire;
  /** Raises a shorter ping interval of a client to this (gRFC A8's floor). */
  readonly pingFloorMs?: number;
  /** Can send PINGs to the next hop, and to the hop before. */
  readonly pingsDown?: boolean;
  readonly pingsUp?: boolean;
  /** Can have its kernel ask the hop before, with a time of its own. */
  readonly tcpAsksUp?: boolean;
  /** Its idle timer is reset by PINGs. */
  readonly countsPings?: boolean;
  /** Can end connections by age. */
  readonly ages?: boolean;
  readonly ageJitter?: boolean;
  /** One GOAWAY, without a round trip before it: calls on their way are refused. */
  readonly singleGoaway?: boolean;
  /** A client that ends its running calls when it asks after a GOAWAY. */
  readonly pingCutsDrain?: boolean;
  /** What too_many_pings becomes for the caller. */
  readonly tooManyPings?: "UNAVAILABLE" | "RESOURCE_EXHAUSTED";
}

const s = 1_000;
const min = 60 * s;
const hour = 60 * min;
const never = Infinity;
const KiB = 1_024;
const MiB = 1_024 * KiB;

const grpcSender = {
  pingEveryMs: never,
  pingTimeoutMs: 20 * s,
  pingsWithoutCalls: false,
  idleAfterMs: 30 * min,
  maxReceiveBytes: 4 * MiB,
  maxSendBytes: never,
  connections: 1,
  balancing: "pick_first",
  watchesHealth: false,
  speaksHttp2: true,
} as const satisfies Sender;

const grpcReceiver = {
  permitEveryMs: 5 * min,
  permitsWithoutCalls: false,
  pingEveryMs: 2 * hour,
  pingTimeoutMs: 20 * s,
  idleAfterMs: never,
  ageMs: never,
  ageGraceMs: never,
  maxRequests: never,
  maxStreams: never,
  maxReceiveBytes: 4 * MiB,
  maxSendBytes: never,
  speaksHttp2: true,
} as const satisfies Receiver;

/** Polices nobody and asks nobody. */
const lenient = { permitEveryMs: 0, permitsWithoutCalls: true, pingEveryMs: never } as const satisfies Receiver;

const grpc = { pingsDown: true, pingsUp: true, countsPings: true, ages: true, ageJitter: true } as const;

export const hopKindTable: Readonly<Record<HopKind, KindTraits>> = {
  "grpc-go": {
    ...grpc,
    title: "grpc-go",
    sender: { ...grpcSender, maxMetadataBytes: 16 * MiB, retryBufferBytes: 256 * KiB },
    receiver: { ...grpcReceiver, maxMetadataBytes: 16 * MiB },
    pingFloorMs: 10 * s,
    tooManyPings: "UNAVAILABLE",
  },
  "grpc-core": {
    ...grpc,
    title: "C-core (Python)",
    sender: { ...grpcSender, maxPingsWithoutData: 2, maxMetadataBytes: 8 * KiB, retryBufferBytes: 256 * KiB },
    receiver: { ...grpcReceiver, maxMetadataBytes: 8 * KiB },
    tooManyPings: "UNAVAILABLE",
  },
  "grpc-java": {
    ...grpc,
    title: "grpc-java",
    sender: { ...grpcSender, maxMetadataBytes: 8 * KiB, windowBytes: MiB, retryBufferBytes: MiB },
    receiver: { ...grpcReceiver, maxMetadataBytes: 8 * KiB },
    pingFloorMs: 10 * s,
    tooManyPings: "RESOURCE_EXHAUSTED",
  },
  "grpc-java-okhttp": {
    ...grpc,
    title: "grpc-java (OkHttp)",
    sender: { ...grpcSender, maxMetadataBytes: 8 * KiB, windowBytes: 65_535 },
    receiver: { ...grpcReceiver, maxMetadataBytes: 8 * KiB },
    pingFloorMs: 10 * s,
    tooManyPings: "RESOURCE_EXHAUSTED",
  },
  "grpc-js": {
    ...grpc,
    title: "grpc-js",
    sender: { ...grpcSender, windowBytes: 65_535, retryBufferBytes: MiB },
    receiver: { ...grpcReceiver, ...lenient, windowBytes: 65_535 },
    singleGoaway: true,
    pingCutsDrain: true,
    tooManyPings: "RESOURCE_EXHAUSTED",
  },
  holdfast: {
    ...grpc,
    title: "Holdfast",
    sender: { ...grpcSender, pingEveryMs: 315 * s, idleAfterMs: never, maxMetadataBytes: 64 * KiB },
    receiver: { ...grpcReceiver, maxStreams: 1_024, drainMs: 30 * s },
    pingFloorMs: 10 * s,
    tooManyPings: "UNAVAILABLE",
  },
  "connect-node": {
    title: "connect-node",
    sender: { ...grpcSender, pingTimeoutMs: 15 * s, idleAfterMs: 15 * min },
    pingsDown: true,
    tooManyPings: "RESOURCE_EXHAUSTED",
  },
  "grpc-dotnet": {
    title: ".NET (Kestrel)",
    sender: { ...grpcSender, pingsWithoutCalls: true, idleAfterMs: min, retryBufferBytes: MiB },
    receiver: { ...grpcReceiver, ...lenient, idleAfterMs: 130 * s, maxStreams: 100 },
    pingsDown: true,
    pingsUp: true,
  },
  tonic: {
    title: "tonic",
    sender: { ...grpcSender, idleAfterMs: never },
    receiver: { ...grpcReceiver, ...lenient, maxStreams: 200, maxMetadataBytes: 16 * KiB },
    pingsDown: true,
    pingsUp: true,
    ages: true,
    ageJitter: false,
  },
  "node-http2": {
    title: "node:http2",
    sender: { windowBytes: 65_535, pingEveryMs: never },
    receiver: { ...lenient, windowBytes: 65_535, ageMs: never },
    singleGoaway: true,
  },
  "go-net-http2": {
    title: "Go net/http",
    receiver: { ...lenient, maxStreams: 250, ageMs: never },
    singleGoaway: true,
  },
  nginx: {
    title: "nginx",
    sender: { pingEveryMs: never, idleAfterMs: min, speaksHttp2: true },
    receiver: {
      ...lenient,
      idleAfterMs: 75 * s,
      ageMs: hour,
      ageGraceMs: never,
      maxRequests: 1_000,
      maxStreams: 128,
      maxMetadataBytes: 32 * KiB,
    },
    relay: {
      silenceDownMs: min,
      silenceUpMs: min,
      maxBodyBytes: MiB,
      headerBufferBytes: 4 * KiB,
      drainMs: never,
      attempts: 1,
    },
    tcpAsksUp: true,
    countsPings: true,
    ages: true,
    singleGoaway: true,
  },
  envoy: {
    title: "Envoy",
    sender: { pingEveryMs: never, idleAfterMs: hour },
    receiver: {
      ...lenient,
      idleAfterMs: hour,
      ageMs: never,
      ageGraceMs: never,
      maxRequests: never,
      maxStreams: 1_024,
      maxMetadataBytes: 60 * KiB,
      windowBytes: 16 * MiB,
      connectionWindowBytes: 24 * MiB,
    },
    relay: {
      streamIdleMs: 5 * min,
      responseMs: 15 * s,
      maxCallMs: never,
      maxBodyBytes: never,
      drainMs: 600 * s,
      parentShutdownMs: 900 * s,
      attempts: 1,
      maxInFlight: 1_024,
    },
    pingsDown: true,
    pingsUp: true,
    ages: true,
  },
  haproxy: {
    title: "HAProxy",
    sender: { pingEveryMs: never, idleAfterMs: 5 * s },
    receiver: {
      ...lenient,
      idleAfterMs: never,
      ageMs: never,
      ageGraceMs: never,
      maxRequests: never,
      maxStreams: 100,
      maxMetadataBytes: 15 * KiB, // tune.bufsize less tune.maxrewrite
    },
    relay: { silenceDownMs: never, silenceUpMs: never, maxBodyBytes: never, drainMs: never, attempts: 1 },
    tcpAsksUp: true,
    countsPings: true,
  },
  "aws-alb": {
    title: "AWS ALB",
    sender: { pingEveryMs: never, idleAfterMs: min, speaksHttp2: true },
    receiver: { ...lenient, idleAfterMs: min, ageMs: hour },
    relay: { streamIdleMs: min, maxBodyBytes: never, attempts: 1, deregistrationMs: 300 * s },
    countsPings: false,
    ages: true,
  },
  "gcp-alb": {
    title: "GCP ALB",
    sender: { pingEveryMs: never, idleAfterMs: 600 * s },
    receiver: { ...lenient, idleAfterMs: 610 * s },
    relay: { responseMs: 30 * s, maxBodyBytes: never, attempts: 1 },
  },
  cloudflare: {
    title: "Cloudflare",
    sender: { pingEveryMs: never, idleAfterMs: 900 * s },
    receiver: { ...lenient, idleAfterMs: 400 * s },
    relay: { silenceDownMs: 120 * s, attempts: 1 },
  },
  "aws-nlb": { title: "AWS NLB", wire: { forgetsAfterMs: 350 * s, resets: true }, countsPings: true },
  "azure-lb": { title: "Azure Load Balancer", wire: { forgetsAfterMs: 4 * min, resets: false }, countsPings: true },
  nat: { title: "NAT or firewall", wire: { resets: false }, countsPings: true },
  conntrack: { title: "Linux conntrack", wire: { forgetsAfterMs: 432_000 * s, resets: false }, countsPings: true },
};

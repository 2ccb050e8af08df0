/**
 * What the rules look at: the parties of one path, client first, and what is known of its calls. Times are ms, sizes bytes;
 * `Infinity` is "never" or "no limit", and an absent field is "not known", which proves nothing. Owns no defaults
 * (`hop-kinds-table.ts`) and no judgement (`rules`).
 */

import type { HopKind } from "./hop-kind.ts";

/** Of the side that opened a connection. */
export interface Sender {
  /** PINGs after this much silence. */
  readonly pingEveryMs?: number;
  readonly pingTimeoutMs?: number;
  /** Whether it also asks while no call is open. */
  readonly pingsWithoutCalls?: boolean;
  /** C-core: how many PINGs may leave without data in between; `Infinity` for C-core's 0. */
  readonly maxPingsWithoutData?: number;
  /** A connection without calls is closed by this side after so long. */
  readonly idleAfterMs?: number;
  readonly maxReceiveBytes?: number;
  readonly maxSendBytes?: number;
  readonly maxMetadataBytes?: number;
  readonly windowBytes?: number;
  readonly connectionWindowBytes?: number;
  /** Connections to one address. */
  readonly connections?: number;
  readonly balancing?: "pick_first" | "round_robin";
  /** Whether it watches the health of each server (`healthCheckConfig`). */
  readonly watchesHealth?: boolean;
  readonly retry?: Retry;
  /** Largest request that is kept to be sent again. */
  readonly retryBufferBytes?: number;
  /** `SO_KEEPALIVE` alone: the interval of the system. */
  readonly tcpKeepaliveMs?: number;
  /** Whether the connection is HTTP/2; a proxy may be told otherwise. */
  readonly speaksHttp2?: boolean;
  readonly tls?: boolean;
}

export interface Retry {
  readonly maxAttempts?: number;
  readonly initialBackoffMs?: number;
  readonly maxBackoffMs?: number;
  readonly multiplier?: number;
  readonly codes: readonly string[];
  readonly hedges?: boolean;
}

/** Of the side that accepted a connection. */
export interface Receiver {
  /** Closer PINGs than this are strikes; 0 where nobody is policed. */
  readonly permitEveryMs?: number;
  readonly permitsWithoutCalls?: boolean;
  readonly pingEveryMs?: number;
  readonly pingTimeoutMs?: number;
  /** Where no PINGs can be sent: the kernel asks after so much silence (TCP keepalive with a time of its own). */
  readonly tcpKeepaliveMs?: number;
  readonly idleAfterMs?: number;
  /** A connection gets GOAWAY when it is so old. */
  readonly ageMs?: number;
  /** And is cut so long after that. */
  readonly ageGraceMs?: number;
  /** A connection gets GOAWAY after so many requests. */
  readonly maxRequests?: number;
  readonly maxStreams?: number;
  readonly maxReceiveBytes?: number;
  readonly maxSendBytes?: number;
  readonly maxMetadataBytes?: number;
  readonly windowBytes?: number;
  readonly connectionWindowBytes?: number;
  /** How long a graceful stop waits for calls; `Infinity` where it has no deadline, 0 where it cuts at once. */
  readonly drainMs?: number;
  /** How much of that it goes on accepting, with health at NOT_SERVING, before it sends anybody away. */
  readonly lameDuckMs?: number;
  /** Whether health says NOT_SERVING before the listener closes. */
  readonly failsHealthFirst?: boolean;
  readonly servesHealth?: boolean;
  readonly tls?: boolean;
  readonly speaksHttp2?: boolean;
  /** The one GOAWAY of a graceful stop is never sent (Node's `server.close()` before it closed sessions). */
  readonly stopsWithoutGoaway?: boolean;
}

/** Timers and limits of a hop on single calls: it ends HTTP/2 on one side and begins it on the other. */
export interface Relay {
  /** Longest silence of the server in a call. */
  readonly silenceDownMs?: number;
  /** Longest silence of the client in a call. */
  readonly silenceUpMs?: number;
  /** Longest silence of both at once. */
  readonly streamIdleMs?: number;
  /** From the end of the request to the end of the response. */
  readonly responseMs?: number;
  /** A call's whole life, whatever it does. */
  readonly maxCallMs?: number;
  readonly honoursDeadline?: boolean;
  readonly maxBodyBytes?: number;
  readonly headerBufferBytes?: number;
  /** How long an old process or configuration lets calls go on. */
  readonly drainMs?: number;
  /** And when its successor ends it (Envoy's `--parent-shutdown-time-s`). */
  readonly parentShutdownMs?: number;
  /** Over how long GOAWAYs are spread (HAProxy's `close-spread-time`). */
  readonly closeSpreadMs?: number;
  /** How often a call may leave this hop. */
  readonly attempts?: number;
  readonly maxInFlight?: number;
  readonly healthEveryMs?: number;
  readonly healthThreshold?: number;
  /** A target that was taken out gets no new calls and is cut after so long. */
  readonly deregistrationMs?: number;
  /** Outlier detection: how much of the fleet may be ejected, per cent. */
  readonly maxEjectionPercent?: number;
}

/** What moves bytes and ends nothing: a NAT, a firewall, an L4 balancer. */
export interface Wire {
  readonly forgetsAfterMs?: number;
  /** Whether it says so when it forgets, with RST. */
  readonly resets?: boolean;
}

/** A setting as it stands in a program or file, for rules about what was typed. */
export interface Written {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly where?: string;
}

/** A value that does not run as it was set. */
export interface Raised {
  /** `sender.pingEveryMs` */
  readonly setting: string;
  readonly setMs: number;
  readonly runsMs: number;
}

export interface Hop {
  /** As shown: `grpc-go client`, `nginx`. */
  readonly name: string;
  readonly kind: HopKind;
  /** `[1, 25, 3]` */
  readonly version?: readonly number[];
  /** Towards the next hop. */
  readonly sender?: Sender;
  /** From the hop before. */
  readonly receiver?: Receiver;
  readonly relay?: Relay;
  readonly wire?: Wire;
  readonly written?: readonly Written[];
  /** Left by `settlePath`. */
  readonly raised?: readonly Raised[];
}

/** What servers run on. */
export interface Platform {
  /** From the order to stop until SIGKILL; the hook runs inside it. */
  readonly graceMs?: number;
  readonly preStopMs?: number;
  readonly replicas?: number;
  /** One address for all replicas (a ClusterIP), rather than one for each. */
  readonly oneAddress?: boolean;
  /** A sidecar's own patience: Istio's `terminationDrainDuration`, Linkerd's `shutdown-grace-period`. */
  readonly sidecar?: Sidecar;
}

export interface Sidecar {
  readonly kind: "istio" | "linkerd";
  readonly drainMs: number;
  /** Istio's EXIT_ON_ZERO_ACTIVE_CONNECTIONS. */
  readonly waitsForConnections?: boolean;
  /** Linkerd's wait-before-exit, or Istio's MINIMUM_DRAIN_DURATION. */
  readonly waitBeforeExitMs?: number;
}

/** What the calls are like. A rule that needs a field which is absent says so instead of passing. */
export interface Workload {
  readonly longestCallMs?: number;
  readonly longestSilenceDownMs?: number;
  readonly longestSilenceUpMs?: number;
  /** Longest time without any call. */
  readonly longestPauseMs?: number;
  readonly deadlineMs?: number;
  /** The application's own sign of life inside streams. */
  readonly heartbeatMs?: number;
  readonly peakCalls?: number;
  readonly messageBytes?: number;
  /** All messages of a client in one call. */
  readonly streamBytes?: number;
  readonly metadataBytes?: number;
  readonly responseMetadataBytes?: number;
  readonly roundTripMs?: number;
  readonly bytesPerS?: number;
  readonly cancelsPerS?: number;
  /** Whether a call that may have run may run again. */
  readonly repeatable?: boolean;
  /** Servers are replaced while clients call. */
  readonly deploys?: boolean;
  /** Until nobody sends new connections to a server that is told to stop. */
  readonly propagateMs?: number;
  /** Until a server that restarts serves again. */
  readonly restartMs?: number;
  /** Something on every leg, which cannot be set, forgets a connection without bytes after so long. */
  readonly networkIdleMs?: number;
  /** How long an outage of a balancer's own may last. */
  readonly failoverMs?: number;
  /** Whether programs call others while they stop. */
  readonly callsInShutdown?: boolean;
}

export interface Path {
  /** Client first, server last. */
  readonly hops: readonly Hop[];
  readonly workload: Workload;
  readonly platform?: Platform;
}

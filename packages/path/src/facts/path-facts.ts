/** What a user says of a path. Everything else follows from it (`plan`). Times are ms, sizes bytes. */

/** Those that settings can be written for; all others of a path are known to the rules alone. */
export const writableKinds = [
  ...(["grpc-go", "grpc-core", "grpc-java", "grpc-js", "holdfast"] as const),
  ...(["nginx", "envoy", "haproxy", "aws-alb", "aws-nlb"] as const),
] as const;

export type WritableKind = (typeof writableKinds)[number];

export interface FactHop {
  readonly kind: WritableKind;
  /** `[1, 22]`: what is written depends on it. Absent: a recent one. */
  readonly version?: readonly number[];
}

export type Deploys = "rolling" | "at-once" | "never";

export interface PathFacts {
  /** Client first, server last; at least these two. */
  readonly hops: readonly FactHop[];
  /** Whether the servers run on Kubernetes. */
  readonly onKubernetes: boolean;
  /** Something that cannot be set forgets a connection without bytes after so long; `Infinity`: nothing does. */
  readonly idleMs: number;
  /** `Infinity`: streams without end. */
  readonly longestCallMs: number;
  /** Longest time in which a call moves no byte; a unary call is silent until it is answered. */
  readonly longestSilenceMs: number;
  readonly deploys: Deploys;
  /** How long a server that is told to stop may take. */
  readonly drainLimitMs: number;
  readonly messageBytes: number;
  readonly metadataBytes: number;
  /** Calls in flight at once, at the peak. */
  readonly calls: number;
  readonly roundTripMs: number;
  readonly replicas: number;
  /** Whether a call that may have run may run again. */
  readonly repeatable: boolean;
  /** Whether the first leg is encrypted. */
  readonly tls: boolean;
  /** The following are judged, not planned by; absent: nobody told. What one stream should carry. */
  readonly bytesPerS?: number;
  readonly cancelsPerS?: number;
  /** Until a server that restarts serves again. */
  readonly restartMs?: number;
  /** How long an outage of a balancer's own may last. */
  readonly failoverMs?: number;
}

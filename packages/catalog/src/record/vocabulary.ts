/** The closed vocabularies of a record. Everything that chooses from a list chooses from one of these. */

/** Programs and libraries whose words the catalog knows. A text always belongs to one of them. */
export const implementations = [
  "grpc-js",
  "nice-grpc",
  "connect-node",
  "node-http2",
  "undici",
  "grpc-go",
  "go-net-http2",
  "grpc-java",
  "grpc-core", // Python, C++, Ruby, PHP, Objective-C: one core, one wording
  "grpc-dotnet",
  "tonic", // with hyper and h2, whose words it passes on
  "envoy",
  "nginx",
  "haproxy",
  "linkerd",
  "traefik",
  "aws-alb",
  "kubernetes",
  "holdfast",
  "any", // words of the kernel or of a specification, the same everywhere
] as const;

/** Where a claim comes from, strongest first. */
export const origins = [
  "reproduced", // an experiment in this repository makes it happen again
  "observed", // seen with real programs in a laboratory
  "source_read", // read in the source code of the program that it is about
  "documented", // the program's own documentation says so
  "reported", // users report it in public
  "unverified", // believed, not proven
] as const;

/** How well a whole record is proven. The first five are ours; a received record may bring the last ones. */
export const verificationTiers = [
  "reproduced",
  "emulated",
  "observed",
  "source_read",
  "documented",
  "reported",
  "unverified",
  "ai_generated",
] as const;

/** Whether the server application may have acted on the call. `depends` says on what in its words. */
export const processedAnswers = ["no", "maybe", "yes", "depends"] as const;

export const categories = [
  "network_error",
  "protocol_error",
  "shutdown",
  "timeout",
  "resource_limit",
  "configuration",
  "library_behaviour",
  "application",
] as const;

export const rootCauseTypes = [
  "peer_leaves", // the other side announced or performed its end
  "connection_lost", // bytes stopped, or the socket ended
  "connection_not_made",
  "stream_ended", // one call was reset, the connection lives
  "timer", // a timeout or age of some hop ran out
  "limit", // a protection or a quota stepped in
  "misconfiguration",
  "library_defect",
  "local", // our own side ended it
  "generic", // what received records call everything
] as const;

/** Six causes that people look for by name; each has a list of the texts it shows itself by. */
export const commonCauses = [
  "idle-timeout",
  "keepalive-mismatch",
  "load-balancer-timeout",
  "server-crash",
  "resource-exhaustion",
  "network-issues",
] as const;

export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];
export type Implementation = (typeof implementations)[number];
export type Origin = (typeof origins)[number];
export type ProcessedAnswer = (typeof processedAnswers)[number];

/** Names of the gRPC status codes, by number. */
export const statusNames = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;
export type StatusName = (typeof statusNames)[number];

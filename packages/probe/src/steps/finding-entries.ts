/** Every finding that a step can have, and the catalog's entry about it. A test holds the ids against the catalog. */

export const findingEntries = {
  // 1 DNS
  "name-not-found": "connect/name-not-found",
  "name-server-silent": "connect/name-not-found",
  "service-config-unreadable": "config/service-config-key-case",
  // 2 TCP
  "port-refused": "connect/refused",
  "host-unreachable": "connect/refused",
  "connect-timed-out": "connect/settings-hang",
  "connect-reset": "connect/closed-before-settings",
  "connect-failed": "connect/refused",
  "some-addresses-fail": "client/stale-addresses-no-re-resolution",
  // 3 TLS
  "tls-where-plain-was-asked": "connect/closed-before-settings",
  "plain-where-tls-was-asked": "tls/handshake-failed",
  "http1-peer": "connect/http1-peer",
  "other-protocol": "connect/other-protocol",
  "tls-handshake-failed": "tls/handshake-failed",
  "tls-version-too-old": "tls/handshake-failed",
  "client-certificate-wanted": "tls/handshake-failed",
  "alpn-missing": "tls/alpn-missing",
  "certificate-expired": "tls/handshake-failed",
  "certificate-not-yet-valid": "tls/handshake-failed",
  "certificate-expires-soon": "tls/handshake-failed",
  "certificate-wrong-name": "tls/handshake-failed",
  "certificate-not-trusted": "tls/handshake-failed",
  // 4 HTTP/2
  "accepted-and-silent": "connect/settings-hang",
  "settings-unfinished": "connect/settings-hang",
  "closed-before-settings": "connect/closed-before-settings",
  "goaway-at-once": "grpc/goaway-unprocessed-stream",
  "http2-violation": "http2/peer-violation",
  "ping-unanswered": "keepalive/ping-timeout-dead-peer",
  "no-streams-allowed": "http2/max-concurrent-streams-stall",
  "few-streams-allowed": "http2/max-concurrent-streams-stall",
  "small-header-limit": "grpc/metadata-too-large",
  // 5 health, 6 services
  "not-serving": "server/not-serving",
  "health-unknown": "server/not-serving",
  "health-not-offered": "server/unimplemented",
  "service-not-known": "grpc/status-from-server",
  "status-from-server": "grpc/status-from-server",
  "http-error": "proxy/http-error-instead-of-grpc",
  "not-grpc": "proxy/html-instead-of-grpc",
  "no-status": "http2/missing-trailers",
  "answer-unreadable": "grpc/bad-response-framing",
  "answer-timed-out": "client/deadline-exceeded",
  "stream-refused": "http2/rst-refused-stream",
  "stream-reset": "http2/rst-internal-error",
  "stream-not-processed": "grpc/goaway-unprocessed-stream",
  "closed-in-call": "tcp/fin-inflight",
  "reset-in-call": "tcp/reset-inflight",
  "closed-after-goaway-in-call": "grpc/goaway-then-connection-closed",
  "no-stream": "http2/max-concurrent-streams-stall",
  // 7 frames
  "server-left": "server/max-connection-idle",
  "too-many-pings": "http2/enhance-your-calm-too-many-pings",
  "goaway-with-error": "http2/goaway-error-code",
  // measured: each has the entry that fits what was seen
  "measured-level": undefined,
  "measured-streams": undefined,
  "measured-idle": undefined,
  "measured-age": undefined,
  "measured-pings": undefined,
  "measured-watch": undefined,
  // any
  "step-unfinished": undefined,
  "step-broken": undefined,
} as const satisfies Record<string, string | undefined>;

export type FindingId = keyof typeof findingEntries;

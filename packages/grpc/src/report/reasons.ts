/**
 * Every way a call can end that is ours to name. A reason is stable: it stands in messages, metrics and the catalog, and
 * is never renamed or used again for something else. `entry` is the failure's id in the catalog; `code` the gRPC status
 * that goes with it where the wire does not give one. Whether the call was processed never follows from a reason.
 */

import type { StatusName } from "../rpc/status.ts";

interface ReasonEntry {
  readonly entry: string;
  /** Absent where the peer, HTTP or an RST_STREAM code decides. */
  readonly code?: StatusName;
  /** In the words of a message, when there is nothing better to say. */
  readonly what: string;
}

export const reasons = {
  // Before a connection was ready.
  NAME_NOT_FOUND: { entry: "connect/name-not-found", code: "UNAVAILABLE", what: "the name has no address" },
  CONNECT_REFUSED: { entry: "connect/refused", code: "UNAVAILABLE", what: "nobody listens at the address" },
  CONNECT_TIMEOUT: {
    entry: "connect/settings-hang",
    code: "UNAVAILABLE",
    what: "the connection did not come up in time",
  },
  CONNECT_FAILED: {
    entry: "connect/closed-before-settings",
    code: "UNAVAILABLE",
    what: "the connection ended before the peer's SETTINGS",
  },
  TLS_FAILED: { entry: "tls/handshake-failed", code: "UNAVAILABLE", what: "TLS could not be agreed on" },
  ALPN_MISSING: { entry: "tls/alpn-missing", code: "UNAVAILABLE", what: "the peer did not choose h2 in TLS" },
  WRONG_PROTOCOL: { entry: "connect/http1-peer", code: "UNAVAILABLE", what: "the peer does not speak HTTP/2" },

  // The connection went away under the call.
  GOAWAY_UNPROCESSED: {
    entry: "grpc/goaway-unprocessed-stream",
    code: "UNAVAILABLE",
    what: "the peer left without processing the call",
  },
  GOAWAY_THEN_CLOSED: {
    entry: "grpc/goaway-then-connection-closed",
    code: "UNAVAILABLE",
    what: "the peer announced its leaving and closed before the call was finished",
  },
  CONNECTION_LOST: {
    entry: "tcp/fin-inflight",
    code: "UNAVAILABLE",
    what: "the connection was closed with the call in flight",
  },
  CONNECTION_RESET: {
    entry: "tcp/reset-inflight",
    code: "UNAVAILABLE",
    what: "the connection was reset with the call in flight",
  },
  KEEPALIVE_LOST: { entry: "keepalive/ping-timeout-dead-peer", code: "UNAVAILABLE", what: "the peer answered no PING" },
  NO_PROGRESS: { entry: "keepalive/disabled-half-open", code: "UNAVAILABLE", what: "the peer took no more bytes" },
  PEER_VIOLATION: { entry: "http2/peer-violation", code: "UNAVAILABLE", what: "the peer broke a rule of HTTP/2" },

  // The peer ended the stream.
  REFUSED_STREAM: { entry: "http2/rst-refused-stream", code: "UNAVAILABLE", what: "the peer refused the stream" },
  STREAM_RESET: { entry: "http2/rst-internal-error", what: "the peer reset the stream" },
  PEER_STATUS: { entry: "grpc/status-from-server", what: "the server ended the call with this status" },
  HTTP_STATUS: { entry: "proxy/http-error-instead-of-grpc", what: "an HTTP error came instead of a gRPC answer" },
  NOT_GRPC: { entry: "proxy/html-instead-of-grpc", code: "UNKNOWN", what: "the answer is not gRPC" },
  MISSING_STATUS: { entry: "http2/missing-trailers", code: "INTERNAL", what: "the answer ended without a status" },
  BAD_RESPONSE: { entry: "grpc/bad-response-framing", code: "INTERNAL", what: "the answer is not framed as gRPC asks" },
  MESSAGE_TOO_LARGE: {
    entry: "grpc/message-too-large",
    code: "RESOURCE_EXHAUSTED",
    what: "a message is over the limit",
  },

  // We ended it.
  DEADLINE_EXCEEDED: { entry: "client/deadline-exceeded", code: "DEADLINE_EXCEEDED", what: "the time is up" },
  CANCELLED_BY_CALLER: { entry: "client/cancelled-by-caller", code: "CANCELLED", what: "the caller cancelled" },
  CHANNEL_CLOSED: { entry: "client/channel-closed-locally", code: "UNAVAILABLE", what: "the channel is closed" },
  QUEUE_FULL: { entry: "client/queue-full", code: "RESOURCE_EXHAUSTED", what: "too many calls wait for a connection" },
  BAD_SERVICE_CONFIG: {
    entry: "config/service-config-key-case",
    code: "UNAVAILABLE",
    what: "the service config is invalid",
  },

  // On the server's side.
  HANDLER_STATUS: { entry: "grpc/status-from-server", what: "the handler chose this status" },
  HANDLER_FAILED: { entry: "server/handler-failed", code: "UNKNOWN", what: "the handler failed" },
  UNIMPLEMENTED: { entry: "server/unimplemented", code: "UNIMPLEMENTED", what: "the server has no such method" },
  UNSUPPORTED_ENCODING: {
    entry: "server/unsupported-encoding",
    code: "UNIMPLEMENTED",
    what: "the message encoding is not supported",
  },
  BAD_REQUEST: { entry: "grpc/bad-request-framing", code: "INTERNAL", what: "the request is not framed as gRPC asks" },
  PEER_CANCELLED: {
    entry: "client/cancel-or-deadline-seen-by-server",
    code: "CANCELLED",
    what: "the client cancelled or went away",
  },
  DRAIN_CUT: {
    entry: "server/graceful-stop-hangs-on-streams",
    code: "UNAVAILABLE",
    what: "the server's drain ran out of time",
  },

  // Not an error of ours.
  FOREIGN_ERROR: { entry: "client/foreign-error", code: "UNKNOWN", what: "an error of other code" },
} as const satisfies Readonly<Record<string, ReasonEntry>>;

export type Reason = keyof typeof reasons;

/** What the table says about a reason. */
export function reasonEntry(reason: Reason): ReasonEntry {
  return reasons[reason];
}

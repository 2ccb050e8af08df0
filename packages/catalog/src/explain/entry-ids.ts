/**
 * The entries that tables of words name many times, each by an identifier, which a page's code holds shortened where it
 * would hold the whole id again and again.
 */

export const clientCancelOrDeadlineSeenByServer = "client/cancel-or-deadline-seen-by-server";
export const clientCancelledByCaller = "client/cancelled-by-caller";
export const clientChannelClosedLocally = "client/channel-closed-locally";
export const clientDeadlineExceeded = "client/deadline-exceeded";
export const clientForeignError = "client/foreign-error";
export const connectClosedBeforeSettings = "connect/closed-before-settings";
export const connectHttp1Peer = "connect/http1-peer";
export const connectNameNotFound = "connect/name-not-found";
export const connectRefused = "connect/refused";
export const connectSettingsHang = "connect/settings-hang";
export const dotnetConnectionClosed = "dotnet/http2-connection-closed";
export const envoyNoUsableUpstream = "envoy/no-usable-upstream";
export const grpcGoawayUnprocessedStream = "grpc/goaway-unprocessed-stream";
export const grpcStatusFromServer = "grpc/status-from-server";
export const http2EnhanceYourCalmTooManyPings = "http2/enhance-your-calm-too-many-pings";
export const http2GoawayErrorCode = "http2/goaway-error-code";
export const http2GoawayHttp11Required = "http2/goaway-http11-required";
export const http2PeerViolation = "http2/peer-violation";
export const http2RstCancelFromServer = "http2/rst-cancel-from-server";
export const http2RstEnhanceYourCalm = "http2/rst-enhance-your-calm";
export const http2RstInternalError = "http2/rst-internal-error";
export const http2RstNoErrorWithoutStatus = "http2/rst-no-error-without-status";
export const http2RstProtocolError = "http2/rst-protocol-error";
export const http2RstRefusedStream = "http2/rst-refused-stream";
export const httpclientGoaway = "httpclient/goaway";
export const keepalivePingTimeoutDeadPeer = "keepalive/ping-timeout-dead-peer";
export const proxyHttpErrorInsteadOfGrpc = "proxy/http-error-instead-of-grpc";
export const serverResourceExhausted = "server/resource-exhausted";
export const tcpFinInflight = "tcp/fin-inflight";
export const tcpResetInflight = "tcp/reset-inflight";
export const tcpResetOnStaleIdleConnection = "tcp/reset-on-stale-idle-connection";
export const tlsHandshakeFailed = "tls/handshake-failed";
export const tonicTransportError = "tonic/transport-error-unknown-or-cancelled";

/**
 * Sentences in which libraries of gRPC and HTTP/2 say what happened although words of a common failure stand in them too:
 * `client connection lost` is a PING without an answer, `frame with invalid size` a peer that speaks something else. Owns
 * the words only; they are looked for before those that any program uses.
 */

import {
  clientChannelClosedLocally,
  clientDeadlineExceeded,
  clientForeignError,
  connectClosedBeforeSettings,
  connectHttp1Peer,
  connectNameNotFound,
  connectRefused,
  connectSettingsHang,
  grpcGoawayUnprocessedStream,
  grpcStatusFromServer,
  http2PeerViolation,
  http2RstCancelFromServer,
  http2RstEnhanceYourCalm,
  http2RstInternalError,
  http2RstProtocolError,
  http2RstRefusedStream,
  httpclientGoaway,
  keepalivePingTimeoutDeadPeer,
  serverResourceExhausted,
  tcpFinInflight,
  tcpResetInflight,
  tlsHandshakeFailed,
} from "./entry-ids.ts";
import type { CausePhrase } from "./cause-phrases.ts";

const spoken: readonly string[] = [connectHttp1Peer, http2PeerViolation, tlsHandshakeFailed];

/** In lower case, as `CausePhrase` wants it. */
export const libraryWords: readonly CausePhrase[] = [
  // Go's client of HTTP/2 closes a connection whose PING stayed without an answer.
  [[keepalivePingTimeoutDeadPeer], /http2: client connection lost/],
  // A connection that ended while its preface was read, and one on which something else came in its place.
  [
    [connectClosedBeforeSettings, tlsHandshakeFailed, connectHttp1Peer],
    /(?:preface|settings)\b.{0,120}(?:\beof\b|reset|closed|broken pipe|aborted)|while performing protocol negotiation|(?:latest|last) connection error: connection closed|did not complete the http\/2 handshake/,
  ],
  [[tlsHandshakeFailed, connectHttp1Peer, http2PeerViolation], /hex dump for received bytes: ?(?:16|15)03/],
  [
    [connectHttp1Peer, http2PeerViolation],
    /hex dump for (?:received|first).{0,20}: ?(?:48545450|3c|474554|504f5354)|unknown frame type (?:80|72|60|50)\b/,
  ],
  [spoken, /frame with invalid size|frame_size_error, (?:library|user)|bad client magic|nghttp2_err_bad_client_magic/],
  [
    [connectHttp1Peer, "tls/alpn-missing"],
    /unsupported http version|hpe_invalid|parse error: expected http|expected http\/|requesting http version 2\.0 with version policy|http\/2 (?:is |was )?not (?:supported|negotiated|enabled)|does not support http\/?2|unable to establish http\/2/,
  ],
  [["linkerd/fail-fast", connectRefused], /linkerd.{0,400}service ?unavailable/],
  [
    ["tonic/transport-error-unknown-or-cancelled", tcpFinInflight, tcpResetInflight],
    /error reading a body from connection["\\]*,? details: \[\]|error reading a body from connection["'.]?$/,
  ],
  [["node/new-stream-after-goaway", clientChannelClosedLocally, clientForeignError], /failed to start http\/2 stream/],
  [[connectHttp1Peer, http2PeerViolation], /failed parsing http\/2/],
  [["lb/alb-464"], /\bhttp 464\b|(?:status|code)\W{0,3}464\b|incompatible with the version config/],
  // Timers of Envoy.
  [["envoy/route-timeout", "envoy/stream-idle-timeout"], /upstream request timeout|upstream_response_timeout/],
  [["envoy/stream-idle-timeout", "envoy/route-timeout"], /stream[_ ]idle[_ ]timeout|(?:^|[:"] ?)stream timeout\b/],
  [["envoy/remote-reset", http2RstCancelFromServer, http2RstInternalError], /\bremote[_ ]reset\b/],
  // Node and Netty about streams, Vert.x and Dart by the number of the code.
  [
    ["http2/stream-ids-exhausted", httpclientGoaway],
    /stream ids? (?:have been |are |is )?exhausted|no ?more ?stream ?ids/,
  ],
  [[http2RstInternalError], /internal http2 error|(?:stream reset|terminated by peer)\W{1,3}(?:errorcode: )?2\b/],
  [[http2RstCancelFromServer], /(?:stream reset|terminated by peer)\W{1,3}(?:errorcode: )?8\b/],
  [[http2RstRefusedStream], /(?:stream reset|terminated by peer)\W{1,3}(?:errorcode: )?7\b/],
  [[http2RstEnhanceYourCalm], /(?:stream reset|terminated by peer)\W{1,3}(?:errorcode: )?11\b|bandwidth exhausted/],
  [
    [http2RstProtocolError, http2PeerViolation],
    /(?:stream reset|terminated by peer)\W{1,3}(?:errorcode: )?[134569]\b|load failed \(error code: 100 \[1:100\]|nsposixerrordomain\W{1,3}(?:code\W{1,3})?100\b/,
  ],
  [
    ["http2/max-concurrent-streams-stall", "client/queue-full"],
    /max(?:imum)? (?:number of )?(?:active|concurrent) streams/,
  ],
  [[grpcGoawayUnprocessedStream, httpclientGoaway], /reason: :unprocessed|stream was not processed|not been processed/],
  // A channel that its own program closed, or that was collected as garbage.
  [
    [clientChannelClosedLocally],
    /channel deallocated|channel shutting ?down|grpc: the (?:client )?connection is closing|channel shutdown(?:now)? invoked|channel (?:has been|was) (?:shut ?down|terminated|disposed)/,
  ],
  [["ccore/cancelling-all-calls"], /cancelling all calls/],
  // What was read and is none of the promised.
  [
    ["http2/missing-trailers", "grpc/bad-response-framing", tcpFinInflight],
    /missing endstreamresponse|protocol error: (?:missing|no) (?:status|trailers?)|without sending trailers/,
  ],
  [
    ["grpc/message-too-large"],
    /decoded message length too large|protocol message was too large|message (?:length|size) too large/,
  ],
  [["grpc/bad-response-framing"], /deserializing response|promised \d{1,12} bytes/],
  [["grpc/bad-request-framing"], /deserializing request/],
  [
    ["server/handler-failed", grpcStatusFromServer],
    /exception (?:calling application|iterating re(?:sponses|quests))|exception was thrown by handler|servercallimpl\.close|call already closed|server failed to encode response/,
  ],
  [[clientForeignError], /getting metadata from plugin failed|unsupported operation: socket constructor/],
  // etcd's own words in a status: its server has spoken.
  [
    [grpcStatusFromServer, serverResourceExhausted, clientDeadlineExceeded],
    /etcdserver: (?:request|mvcc|leader|no leader|permission|too many|user|role|auth|invalid|duplicate|key|unhealthy|stopped|not |member|database|lease)/,
  ],
  // .NET about a connection that ended between frames.
  [
    [tcpFinInflight, "dotnet/http2-connection-closed", connectClosedBeforeSettings],
    /ended prematurely while waiting for the next frame/,
  ],
  [
    [connectSettingsHang, connectRefused],
    /connect timeout|connecttimeout|connection could not be established within|before the deadline|failed to connect within/,
  ],
  [[connectRefused, connectNameNotFound, tlsHandshakeFailed], /typeerror: failed to fetch|load failed\b/],
  // TLS in the words of rustls, BoringSSL, GnuTLS, Schannel and Java.
  [
    [tlsHandshakeFailed],
    /invalid ?dns ?name|unknown ?issuer|not ?valid ?for ?name|bad ?der\b|invalid peer certificate|peer sent no certificates|ssl_hs_|\balert\(\d{1,3}\)|ssl routines|alert (?:number )?\d{1,3}\b|sec_e_|schannel|gnutls|trust ?anchor|bad record mac|no shared cipher|corrupt ?message/,
  ],
];

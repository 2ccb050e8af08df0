/**
 * What servers of Java, Node and others log of a call whose client reset it or went away: exceptions that a handler meets
 * when it writes to a stream that is closed. Owns the words only; each is enough to name the cause by itself.
 */

import {
  clientCancelOrDeadlineSeenByServer,
  http2PeerViolation,
  http2RstEnhanceYourCalm,
  http2RstInternalError,
  http2RstProtocolError,
  http2RstRefusedStream,
  tcpFinInflight,
} from "./entry-ids.ts";
import type { CausePhrase } from "./cause-phrases.ts";

const left: readonly string[] = [clientCancelOrDeadlineSeenByServer];
const leftOrLost: readonly string[] = [...left, tcpFinInflight];

/** In lower case, as `CausePhrase` wants it. */
export const serverWords: readonly CausePhrase[] = [
  // Jetty: the reset's code by its name, then a whole connection that the client closed, then whatever it met.
  [[http2RstInternalError, ...left], /eofexception: (?:reset |http\/2 )internal_error/],
  [
    [http2RstProtocolError, http2PeerViolation, ...left],
    /eofexception: (?:reset |http\/2 )(?:protocol|flow_control|frame_size|compression)_error/,
  ],
  [left, /eofexception: (?:reset |http\/2 )\w{1,40}_error|(?:\breset |http\/2 )cancel_stream_error/],
  [[...left, "communication/http2-goaway-frame-received"], /eofexception: close \w{1,40}\//],
  [leftOrLost, /jetty\.io\.(?:eofexception|quietexception)/],
  // Tomcat, Open Liberty, Undertow, Spring over Reactor Netty.
  [
    left,
    /clientabortexception|closenowexception|\bin state \[closed_(?:rst_)?[rt]x\]|asyncrequestnotusableexception|clientdisconnectedexception/,
  ],
  [left, /h2exception: .{0,60}(?:closed|reset)|streamclosedexception: stream was already closed/],
  // Their frames by which a reset of the client goes: a handler that reads is woken with an exception that has no words.
  [
    left,
    /coyote\.http2\.\S{0,80}(?:\.receivereset|\.readrstframe)\(|nettyserverhandler\S{0,40}\.onrststreamread\(|http2server\w{0,60}(?:\$\w{1,60})?\.onreset\(|undertow\.(?:server\.)?protocol\w?\.http2\.\w{1,60}\.rststream\(/,
  ],
  [["proxy/flood-limiter"], /too much overhead so the connection will be closed/],
  [left, /abortedexception: (?:inbound )?connection has been closed/],
  // Node's own server, whose response is written after the stream went away.
  [left, /err_http2_(?:stream_closed|invalid_stream|stream_cancel)/, /http2serverre(?:sponse|quest)|serverhttp2stream/],
  // Undertow: its channel of a stream that was reset.
  [leftOrLost, /closedchannelexception/, /undertow|http2streamsinkchannel/],
  // Vert.x: writing to a call of its gRPC server that was reset.
  [left, /\bthe stream is failed: (?:cancelled|internal|deadline_exceeded|unavailable)\b/],
  // linkerd before 2.0, which was of Finagle.
  [left, /(?:^|[^\w.])reset\.cancel\b/],
  [[http2RstRefusedStream], /(?:^|[^\w.])reset\.refused\b/],
  [[http2RstEnhanceYourCalm], /(?:^|[^\w.])reset\.enhanceyourcalm\b/],
  [[http2RstInternalError], /(?:^|[^\w.])reset\.internalerror\b/],
  // cloudflared, whose client is the edge.
  [left, /incoming request ended abruptly: context cancell?ed/],
  // grpc-go's transport of a server whose client closed the connection.
  [leftOrLost, /transport closed by client/],
  // Interceptors of Go's servers that log how a stream ended.
  [left, /streaming call completed .{0,400}context cancell?ed"/],
];

/**
 * What to think of a failure whose text is in no signature: phrases that name a cause whatever the program, the language
 * and the letter case. They are the last resort of `explain`, after all signatures, and count only where the text speaks
 * of gRPC or HTTP/2. Owns the table and its order, which goes from the special to the general; the first that fits counts.
 */

import {
  clientCancelOrDeadlineSeenByServer,
  clientCancelledByCaller,
  clientChannelClosedLocally,
  clientDeadlineExceeded,
  connectClosedBeforeSettings,
  connectHttp1Peer,
  connectNameNotFound,
  connectRefused,
  connectSettingsHang,
  envoyNoUsableUpstream,
  grpcGoawayUnprocessedStream,
  grpcStatusFromServer,
  http2EnhanceYourCalmTooManyPings,
  http2GoawayErrorCode,
  http2GoawayHttp11Required,
  http2PeerViolation,
  http2RstCancelFromServer,
  http2RstEnhanceYourCalm,
  http2RstInternalError,
  http2RstNoErrorWithoutStatus,
  http2RstProtocolError,
  http2RstRefusedStream,
  httpclientGoaway,
  keepalivePingTimeoutDeadPeer,
  proxyHttpErrorInsteadOfGrpc,
  serverResourceExhausted,
  tcpFinInflight,
  tcpResetInflight,
  tcpResetOnStaleIdleConnection,
  tlsHandshakeFailed,
} from "./entry-ids.ts";
import { codeWords } from "./code-words.ts";
import { errorNumbers } from "./error-numbers.ts";
import { libraryWords } from "./library-words.ts";
import { serverWords } from "./server-words.ts";
import { systemWords } from "./system-words.ts";

/** Entries, likeliest first, and what must stand in the text: each of the expressions, in lower case, blanks as one. */
export type CausePhrase = readonly [entries: readonly string[], ...phrases: readonly RegExp[]];

/** Errors of Apple's URL loading, by number: in the order of their header, -1200 and below are those of TLS. */
const urlError = (codes: string): string => String.raw`nsurlerrordomain\D{0,12}-(?:${codes})\b`;
/** An HTTP/2 error beside a word about streams; loggers put few words between. */
const streamError = (names: string): RegExp =>
  new RegExp(String.raw`(?:rst_stream|stream|reset|server_closed_request).{0,80}\b(?:nghttp2_)?(?:${names})\b`);
const connectionError = (names: string): RegExp => new RegExp(String.raw`\bconnection error: (?:${names})\b`);
/** The same by one of its numbers, decimal or hexadecimal. */
const resetCode = (...codes: readonly number[]): RegExp => {
  const number = codes.map((code) => `${code}|0x0{0,7}${code.toString(16)}`).join("|");
  return new RegExp(
    String.raw`rst_stream.{0,40}(?:code|error)[^\w]{0,3}(?:${number})(?![a-z\d])|was not closed cleanly.{0,40}\(err (?:${number})\)|http2errorcode<(?:${number})\b`,
  );
};

export const causePhrases: readonly CausePhrase[] = [
  ...libraryWords,
  // Netty's log of a GOAWAY of its own that did not go out: its debug data are not the peer's words.
  [[connectHttp1Peer], /sending goaway failed/, /preface/],
  [[tcpResetInflight, tcpFinInflight], /sending goaway failed/],
  // Its server about a client that speaks something else.
  [[http2PeerViolation, connectHttp1Peer], /hex dump for (?:received|first) /],
  ...serverWords,
  ...codeWords,
  // Whole connections that end, by the words in their GOAWAY.
  [[http2EnhanceYourCalmTooManyPings], /too[ _]many[ _]pings|max_pings_without_data|max_ping_strikes/],
  [
    ["server/max-connection-age", "server/max-connection-age-grace-kill"],
    /\bmax_age\b|max(?:imum)?[ _]connection[ _]age/,
  ],
  [["server/max-connection-idle"], /\bmax_idle\b|max(?:imum)?[ _]connection[ _]idle/],
  [["lb/gfe-goaway-and-timeouts"], /session_timed_out/],
  [[http2GoawayHttp11Required], /http_?1_?1_?required/],
  [
    [http2GoawayHttp11Required],
    /go_?away/,
    /(?:with (?:error )?code |error(?:[ _]?code)?[:= ]{1,3})(?:13|0x0{0,7}d)\b/,
  ],
  [
    ["h2/reset-limiter-goaway", "node/rapid-reset-session-closed", "proxy/flood-limiter"],
    /too_many_(?:internal_)?resets|rapid reset|number of rst frames/,
  ],
  [[http2RstRefusedStream], /refused_?stream|stream (?:was )?refused/],
  [[http2RstRefusedStream], resetCode(7)],
  [[http2RstEnhanceYourCalm, http2EnhanceYourCalmTooManyPings, http2GoawayErrorCode], resetCode(11)],
  [[http2GoawayHttp11Required], resetCode(13)],
  [
    [http2EnhanceYourCalmTooManyPings, http2GoawayErrorCode],
    /go_?away|connection ?terminated error_code/,
    /enhance_?your_?calm|(?:code|error)\W{0,4}(?:11|0x0{0,7}b)\b/,
  ],
  [
    [http2GoawayErrorCode, http2PeerViolation],
    /go_?away|connection ?terminated error_code/,
    /(?:protocol|internal|compression|flow_?control|frame_?size|settings|connect)_?(?:error|timeout)|stream_?closed|enhance_?your_?calm|inadequate_?security|(?:code|error)\W{0,4}(?:[1-9]|1[0-3]|0x0{0,7}[1-9a-d])\b/,
  ],
  [
    [
      grpcGoawayUnprocessedStream,
      httpclientGoaway,
      "grpc/goaway-then-connection-closed",
      "node/new-stream-after-goaway",
    ],
    /go_?away|connection ?terminated error_code/,
  ],
  // A client of OkHttp that had been told to leave, a session of fetch-h2 that was closed under a request.
  [[httpclientGoaway, "communication/http2-goaway-frame-received"], /connectionshutdownexception/],
  [[httpclientGoaway, tcpFinInflight, http2RstNoErrorWithoutStatus], /stream prematurely closed/],
  // python-h2: a frame for a connection or a stream that is closed already.
  [
    [httpclientGoaway, http2PeerViolation],
    /<connectionstate\.closed|invalid input connectioninputs\.\w{1,40} in state connectionstate\.closed/,
  ],
  // A connection error of Go's HTTP/2, which names the code and nothing else.
  [[http2RstRefusedStream], connectionError("refused_stream")],
  [
    [http2PeerViolation, http2GoawayErrorCode],
    connectionError("protocol_error|flow_control_error|frame_size_error|compression_error|stream_closed"),
  ],
  [
    [http2GoawayErrorCode, http2PeerViolation],
    connectionError("no_error|internal_error|settings_timeout|cancel|connect_error|inadequate_security"),
  ],
  // .NET up to 3.0, by the name of its own enumeration.
  [
    [http2PeerViolation, connectHttp1Peer],
    /http2 protocol error, errorcode = (?:protocol|flowcontrol|framesize|compression)error/,
  ],
  [[http2RstCancelFromServer], /http2 protocol error, errorcode = cancel\b/],
  [[http2GoawayErrorCode, http2RstInternalError], /http2 protocol error, errorcode = \w{1,30}\b/],
  [[tcpFinInflight, tcpResetInflight], /http\/2 stream \w{1,20} was not closed cleanly before end/],
  // Single streams that were reset, in the words of h2, which prints no name.
  [[clientCancelledByCaller, clientCancelOrDeadlineSeenByServer], /stream error sent by user/],
  // The same with names and numbers.
  [[clientCancelledByCaller, clientCancelOrDeadlineSeenByServer], /outbound rst_stream.{0,40}errorcode=8\b/],
  [[http2RstEnhanceYourCalm, http2EnhanceYourCalmTooManyPings, http2GoawayErrorCode], /enhance_?your_?calm/],
  [[http2RstCancelFromServer], streamError("cancel(?:_stream_error)?")],
  [[http2RstCancelFromServer], resetCode(8)],
  [[http2RstCancelFromServer, clientCancelOrDeadlineSeenByServer], /\bcancel_stream_error/],
  [[http2RstInternalError], streamError("internal_?error")],
  [[http2RstInternalError], resetCode(2)],
  [
    [http2RstProtocolError, http2PeerViolation, http2GoawayErrorCode],
    streamError(
      "(?:protocol|flow[_ -]?control|frame[_ -]?size|compression)[_ ]?error|connect_?error|settings_?timeout|stream_closed",
    ),
  ],
  [[http2RstProtocolError, http2PeerViolation, http2GoawayErrorCode], resetCode(1, 3, 4, 5, 6, 9, 10, 12)],
  [
    [http2RstProtocolError, http2PeerViolation, http2GoawayErrorCode],
    /nghttp2_(?:protocol|flow_control|frame_size|compression)_error|inadequate_security/,
  ],
  // A code by its name that says neither whether a stream or the connection ended, nor by whose frame.
  [[http2RstInternalError, http2GoawayErrorCode], /http\/2 error code\W{1,3}internal_error/],
  [
    [http2PeerViolation, connectHttp1Peer, http2RstProtocolError, http2GoawayErrorCode],
    /http\/2 error code\W{1,3}(?:protocol|flow_control|frame_size|compression)_error/,
  ],
  [[http2RstNoErrorWithoutStatus], streamError("no_error")],
  [[http2RstNoErrorWithoutStatus], resetCode(0)],
  [[http2RstProtocolError, http2PeerViolation, http2GoawayErrorCode], /protocol[_ ]error.{0,20}rst_stream/],
  // What nginx says it was doing.
  [
    ["nginx/upstream-failed-before-headers", connectRefused],
    /while (?:connecting to|reading response header from|sending request to) upstream/,
  ],
  [["nginx/upstream-failed-after-headers"], /while reading upstream/],
  // What Envoy says it was doing, in its own log and in the details of its access log.
  [
    [envoyNoUsableUpstream],
    /no healthy host for|no_healthy_upstream|no healthy upstream|cluster_not_found|route_not_found/,
  ],
  [
    [envoyNoUsableUpstream],
    /\bunknown cluster '|no (?:cluster|route) match for url|max (?:pending )?requests overflow/,
  ],
  [
    ["envoy/upstream-connection-termination", envoyNoUsableUpstream],
    /disconnect\. resetting \d{1,9} pending requests|client disconnected, failure reason/,
  ],
  [["envoy/route-timeout"], /upstream_(?:response|per_try)_timeout/],
  [[clientCancelOrDeadlineSeenByServer], /downstream_remote_(?:disconnect|reset)/],
  [
    [envoyNoUsableUpstream],
    /upstream_reset_before_response_started\W{0,3}(?:remote_|local_)?(?:connection_failure|overflow)/,
  ],
  [["envoy/remote-reset"], /upstream_reset_before_response_started\W{0,3}(?:remote_reset|remote_refused)/],
  [["envoy/upstream-connection-termination"], /upstream_reset_(?:before|after)_response_started/],
  // HAProxy's state at the end of a session: two letters for what ended it and when, two for cookies.
  [
    ["haproxy/timeouts-and-termination-states", clientCancelOrDeadlineSeenByServer],
    / c[rchdql][a-z-]{2} \d{1,7}\/\d{1,7}\/\d{1,7}\/\d{1,7}\/\+?\d{1,7} /,
  ],
  [
    ["haproxy/timeouts-and-termination-states"],
    / [spliruk][rchdqtl-][a-z-]{2} \d{1,7}\/\d{1,7}\/\d{1,7}\/\d{1,7}\/\+?\d{1,7} /,
  ],
  // The same reasons as below, as systems of other languages give them.
  ...systemWords,
  ...errorNumbers,
  // A server that did not get its address. Where somebody dials, it is a client without a port of its own.
  [
    ["server/bind-failed"],
    /^(?!.*\b(?:dial|connect: |connectex))/,
    /already in use|eaddrinuse|failed to bind to address|addrinuse|only one usage of each socket|bindexception: permission denied|\b(?:bind|listen)\b.{0,80}cannot assign requested address/,
  ],
  // Connections that never came up.
  [
    [clientChannelClosedLocally, clientCancelledByCaller, connectSettingsHang],
    /\bdialing.{0,120}operation was cancell?ed/,
  ],
  [
    ["tls/alpn-missing"],
    /\balpn\b.{0,60}(?:fail|miss|mismatch|not|no\b|error|unsupported)|no application protocol|negotiate h2\b/,
  ],
  [[tlsHandshakeFailed], new RegExp(String.raw`\berr_(?:cert|ssl|bad_ssl)_|${urlError(String.raw`120\d`)}`)],
  [
    [tlsHandshakeFailed],
    /x\.?509|certificate|\bpkix\b|chain validation failed|tsi_[a-z_]{0,20}(?:failure|error|corrupted)|\b(?:tls|ssl)\b.{0,60}(?:fail|error|alert|could not|unable|corrupt|handshake)|ssl_error|ssl_?handshake|\bhandshake.{0,12}(?:fail|error|exception|eof)|wrong_version_number|authenticationexception|sslexception/,
  ],
  [[connectNameNotFound], new RegExp(String.raw`\berr_name_not_resolved\b|${urlError("100[36]")}`)],
  [
    [connectNameNotFound],
    /no such host|\benotfound|eai_again|getaddrinfo|name or service not known|nodename nor servname|unknown ?host|dns (?:resolution|a record|lookup|error|query)|\bnxdomain|\bservfail|server misbehaving|name resolution|no address associated|(?:could not|cannot|can't|can not|unable to|failed to) resolve|\bhost(?:name)? \S{1,80} (?:was )?not found/,
  ],
  [
    [connectSettingsHang],
    /server preface within timeout|didn't receive server preface|reading server preface.{0,80}(?:deadline|timeout)/,
  ],
  [
    [connectClosedBeforeSettings, connectHttp1Peer, tcpFinInflight],
    /\bclosed before .{0,40}(?:preface|settings|protocol could be determined)/,
  ],
  [[connectHttp1Peer], /expected (?:an? )?settings|(?<![\w-])http\/1\.[01]\b|preface|connect string mismatch/],
  [[connectSettingsHang, clientDeadlineExceeded], new RegExp(urlError("1001"))],
  [[connectRefused], new RegExp(String.raw`\berr_connection_refused\b|${urlError("1004|1009")}`)],
  [[tcpFinInflight, tcpResetInflight], new RegExp(urlError("1005"))],
  [
    [connectSettingsHang, clientDeadlineExceeded],
    /\bdial.{0,80}(?:deadline exceeded|time(?:d ?)?out)|settings_?timeout|preface_timeout|\bconnect(?:ion|ing)?\b.{0,60}(?:timed? ?out|timeout)|etimedout|i\/o timeout/,
  ],
  [
    [connectRefused],
    // Where grpc-go's text was cut behind its introduction: the certificate stood further up.
    /last connection error\W{0,3}$|connection ?refused|econnrefused|actively refused|no route to host|ehostunreach|(?:network|host) is unreachable|(?:failed|could not) (?:to )?connect|connect failed|internet connection appears to be offline|connect: no such file/,
  ],
  // Calls that one side does not take.
  [["server/unimplemented"], /unimplemented|unknown (?:service|method)|not support the reflection/],
  [["server/unsupported-encoding"], /compressor|grpc-encoding/],
  [
    [http2PeerViolation],
    /length is too large \d{1,10} > \d|frame size exceeds|expected ':status' header|hpack|frame length|(?<!gzip: )invalid (?:frame|header|padding)|malformed|protocol violation|pars\w{1,3}.{0,12}frame/,
  ],
  [["grpc/message-too-large"], /larger than (?:the )?max|exceeds? (?:the )?max|exceeded max|message too large/],
  [["grpc/metadata-too-large"], /(?:headers?|metadata)\b.{0,40}(?:too large|exceed|larger)/],
  [[serverResourceExhausted], /too many open files|emfile|out ?of ?(?:direct ?)?memory|oomkilled|cannot allocate/],
  [["proxy/html-instead-of-grpc"], /text\/html|<html|<!doctype/],
  [
    [proxyHttpErrorInsteadOfGrpc],
    /(?:http|status)(?:[ -]?status)?(?:[ -]?code)?\W{1,4}(?:50[0-5]|52\d|40[013468]|41[135]|429|431)\b|bad gateway/,
  ],
  [
    ["http2/missing-trailers"],
    /missing (?:trailer|grpc[- ]?(?:status|trailer))|no grpc[- ]status\b|grpc[- ]status (?:code )?(?:is |was )?(?:missing|absent|not (?:found|present|received))|trailers? (?:are |were |is |was )?missing|without (?:a )?(?:grpc[- ])?status|no status received/,
  ],
  [["http2/max-concurrent-streams-stall"], /max(?:imum)? concurrent streams|too many (?:concurrent )?streams/],
  [
    ["server/handler-failed"],
    /panicked|unhandled exception(?![.:] grpc\. ?core\. ?rpc ?exception: status)|exception (?:was thrown|occurred)|nullpointer/,
  ],
  // What Jetty's parser, Undertow and Apache's client call what they refuse.
  [["proxy/flood-limiter"], /\binvalid_\w{1,20}_frame_rate\b/],
  [
    [http2PeerViolation],
    /\binvalid_(?:settings|ping|priority|rst_stream|window_update|data|headers|continuation|go_away|push_promise|frame|hpack)\w{0,30}\b/,
  ],
  // A reset without its code.
  [[http2RstInternalError, http2RstCancelFromServer, http2RstProtocolError], /\brst_stream\b(?!.{0,40}\d)/],
  // Connections that were up.
  [[keepalivePingTimeoutDeadPeer], /keep-?alive.{0,40}(?:time|fail)|\bping.{0,20}(?:timeout|timed out|not ack)/],
  [
    [clientChannelClosedLocally],
    /channel (?:is |was |has been )?(?:closed|shut ?down)|client is closing|closed channel|disposed object|object was disposed/,
  ],
  [
    [clientCancelOrDeadlineSeenByServer, clientCancelledByCaller],
    /(?:client|downstream) (?:has )?(?:reset|cancel|disconnect|closed|aborted)|cancell?ed by (?:the )?client/,
  ],
  [
    [tcpResetOnStaleIdleConnection, "tonic/transport-error-unknown-or-cancelled", tcpResetInflight, tcpFinInflight],
    /(?:stream|connection) closed because of a broken pipe/,
  ],
  [
    [clientChannelClosedLocally],
    /client (?:has been|is|was) (?:already )?(?:stopped|closed|shut ?down|destroyed|disposed)|can't make any more rpcs/,
  ],
  [
    [tcpFinInflight, tcpResetInflight, clientChannelClosedLocally],
    /connection or inbound has closed|connection or outbound has closed|did not get a response|prematurely? clos/,
  ],
  [
    [tcpResetInflight, tcpResetOnStaleIdleConnection],
    /connection (?:was )?reset|econnreset|reset by peer|forcibly closed|broken pipe|\bepipe\b|connection (?:was )?aborted|econnaborted/,
  ],
  [["tonic/transport-error-unknown-or-cancelled", tcpFinInflight], /\btransport error/],
  [[tcpFinInflight, tcpResetInflight], /connection with edge closed|lost connection with the edge/],
  [
    [tcpFinInflight, "server/abrupt-stop"],
    /\beof\b|socket closed|connection to .{1,60} (?:was )?(?:lost|closed|dropped)\b|connection (?:was |is |has been )?(?:unexpectedly )?(?:closed|lost|dropped|terminated|shut ?down)|closed connection|transport (?:is |was )?clos|socket hang up|stream (?:was |is )?(?:closed|removed)|end of stream|network closed|endpoint read failed|closedsession|closedchannelexception|forcefully terminated|socket_error, :?closed/,
  ],
  [[clientDeadlineExceeded], /deadline|timed? ?out/],
  [[connectRefused, connectNameNotFound, tlsHandshakeFailed], /transient_?failure/],
  [
    [clientCancelledByCaller, clientCancelOrDeadlineSeenByServer],
    /operation was cancell?ed|context cancell?ed|\bcancell?ed\b/,
  ],
  // grpc-java's server about a connection whose socket could not be read: the words behind it are the system's, in any
  // language.
  [
    [tcpResetInflight, tcpFinInflight],
    /\btransport failed\b/,
    /ioexception: [^a-z]|(?:socket|file)dispatcher(?:impl)?\.(?:read|write)|http2connectionhandler|abstractchannelhandlercontext/,
  ],
  // A server's own log of the error that it answered a call with, and a code of HTTP in the place of a status.
  [[grpcStatusFromServer], /rpc error: code = code\(\d{1,9}\) desc = \S|\[\/\w[\w.]{0,200}\/\w{1,100}\]: \S/],
];

/**
 * What a failed call of gRPC or HTTP/2 means when neither a signature nor a phrase knows its words: the family that they
 * belong to. A family is what an engineer hears in a sentence of a program never seen before, "something was closed",
 * "somebody could not be reached", and its entries are all the causes that come so, likeliest first. Owns the table.
 */

import {
  clientCancelOrDeadlineSeenByServer,
  clientCancelledByCaller,
  clientChannelClosedLocally,
  clientDeadlineExceeded,
  clientForeignError,
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
import type { CausePhrase } from "./cause-phrases.ts";

const unreached: readonly string[] = [
  connectRefused,
  connectSettingsHang,
  connectNameNotFound,
  tlsHandshakeFailed,
  connectClosedBeforeSettings,
];
const cut: readonly string[] = [
  tcpFinInflight,
  tcpResetInflight,
  clientChannelClosedLocally,
  clientCancelOrDeadlineSeenByServer,
];

/** In lower case, as `CausePhrase` wants it; the special before the general, and of those that fit the first two count. */
export const causeFamilies: readonly CausePhrase[] = [
  // Proxies that say by name what became of their own connection.
  [
    ["envoy/upstream-connection-termination", envoyNoUsableUpstream, "envoy/remote-reset"],
    /upstream.{0,40}(?:connect error|disconnect|reset)|reset reason|\benvoy\b/,
  ],
  [["linkerd/fail-fast", connectRefused], /fail-?fast\b|linkerd/],
  [
    ["nginx/upstream-failed-before-headers", "nginx/upstream-failed-after-headers", "nginx/grpc-read-timeout"],
    /from upstream|to upstream|upstream timed out/,
  ],
  // Codes of HTTP/2 in the words of hyper's h2.
  [[http2RstInternalError, http2GoawayErrorCode, keepalivePingTimeoutDeadPeer], /unexpected internal error/],
  [[httpclientGoaway, grpcGoawayUnprocessedStream, http2RstNoErrorWithoutStatus], /not a result of an error/],
  [[http2RstCancelFromServer, clientCancelOrDeadlineSeenByServer], /stream no longer needed/],
  [[http2RstRefusedStream], /refused stream|stream before processing/],
  // Codes of HTTP/2 in any writing, `FrameSizeError`, `:internal_error`, `stream_error 0x8`.
  [[http2RstRefusedStream], /\brefused_?stream|code[:= ]{1,2}(?:7|0x0{0,7}7)\b/],
  [[http2RstEnhanceYourCalm, http2EnhanceYourCalmTooManyPings], /enhance.?your.?calm/],
  [[http2GoawayHttp11Required], /http.?1.?1.?required/],
  [
    [http2PeerViolation, http2RstProtocolError, http2GoawayErrorCode, connectHttp1Peer],
    /(?:protocol|flow.?control|frame.?size|compression)[_ -]?(?:error|violat)|streamidtoosmall|nohpack|nghttp2_err_|\bhttp2_?(?:protocol|frame)\w{0,20}error|(?:stream|rst|h2|http\/?2).{0,80}(?:code|http2_error)["':= ]{1,3}(?:0x0{0,7})?[13469]\b/,
  ],
  [[http2RstNoErrorWithoutStatus, httpclientGoaway], /\bno_?error\b/],
  [
    [http2RstCancelFromServer, clientCancelOrDeadlineSeenByServer, clientCancelledByCaller],
    /(?:reset|rst|stream|http2|h2|http\/2).{0,80}\bcancel\b|\bcode[:= ]{1,2}(?:8|0x0{0,7}8)\b/,
  ],
  [
    [http2RstInternalError, http2GoawayErrorCode],
    /(?:reset|rst|stream|http2|h2|http\/2).{0,80}\b(?:internal_?error|with code 2\b|code["':= ]{1,3}(?:2|0x0{0,7}2)\b|http2_error["':= ]{1,3}2\b)/,
  ],
  // What was sent or received and could not be read.
  [
    ["grpc/message-too-large", "grpc/metadata-too-large"],
    /larger than|(?:message|frame|payload|body|size|length)\b.{0,40}(?:exceed|too (?:large|big|long))|too (?:large|big|long)\b.{0,40}(?:message|limit)/,
  ],
  [
    ["grpc/metadata-too-large"],
    /(?:header|metadata|trailer)s?\w{0,12}\b.{0,40}(?:exceed|too (?:large|big|long)|limit)|header.?list|too (?:large|big|many) (?:header|metadata)/,
  ],
  [["server/unsupported-encoding"], /(?:de)?compress|unsupported encoding|\bgzip\b/],
  [
    ["http2/missing-trailers", proxyHttpErrorInsteadOfGrpc, tcpFinInflight],
    /no (?:grpc-?)?status\b|(?:grpc[- ]status|trailers?)\b.{0,40}(?:missing|not found|absent|no\b|empty|without|invalid)|(?:missing|no|without|sending|invalid|empty)\b.{0,40}(?:grpc-status|trailers?\b)|no (?:response )?message|(?:empty )?data frame|\beos\b/,
  ],
  [
    ["grpc/bad-response-framing", "grpc/bad-request-framing", clientForeignError],
    /mid-?frame|enveloped message|incomplete response|pars(?:e|ing).{0,20}(?:error|fail)|fail\w{0,3}.{0,20}pars|marshal|seriali[sz]|fail\w{0,3}.{0,12}(?:en|de)cod|(?:en|de)cod\w{1,4}.{0,12}(?:fail|error)|wire ?type|invalid (?:protobuf|utf-?8|tag)|(?:read|write) message/,
  ],
  [
    [proxyHttpErrorInsteadOfGrpc, "proxy/html-instead-of-grpc", connectHttp1Peer],
    /\b(?:http|status|code|response|got|received|unexpected|bad)\b.{0,30}\b(?:30[1278]|40[0-9]|41[0-9]|42[0-9]|43[01]|50[0-5]|52\d)\b|\b50[234] (?:bad gateway|service|gateway)|content-?type/,
  ],
  // Who was not reached.
  [
    [connectNameNotFound],
    /\bresolv(?:e|er|ing|ution)\b|zero addresses|no addresses|\bdns\b|\bnxdomain|unknown ?host|no such host|getaddrinfo|ares_/,
  ],
  [["tls/alpn-missing", connectHttp1Peer, tlsHandshakeFailed], /\balpn\b|\bnpn\b/],
  [
    [tlsHandshakeFailed, connectClosedBeforeSettings],
    /\b(?:m?tls|ssl)(?:v\d)?\b|certificat|handshak|cipher|\bx\.?509|\bpkix|corruptmessage|sslhandler|sslexception|unknown ?ca\b|self.?signed/,
  ],
  [
    [connectHttp1Peer, http2PeerViolation],
    /bogus greeting|malformed http response|transport scheme|target group|\bhttp1|http\/1\.|\bpri \*|preface|frame type|prior.?knowledge|plain ?text|cleartext|frame too large|too large http2 frame|does not support http\/?2|protocol could be determined/,
  ],
  [
    [keepalivePingTimeoutDeadPeer, "keepalive/disabled-half-open"],
    /keep.?alive|watchdog|\bping|heart.?beat|no activity/,
  ],
  [[connectRefused], /address (?:is )?not available|assign requested address|refused|unreachable|no route|actively/],
  [
    ["server/bind-failed"],
    /address (?:is )?(?:already )?in use|(?:fail|error|unable|could ?not|cannot).{0,30}(?:\bbind|\blisten)|listen tcp/,
  ],
  [
    unreached,
    /(?:connect|endpoint|plugin|socket|endorser|orderer|peer|client|target).{0,160}context deadline|\bdial|fail\w{0,3}.{0,40}(?:connect|contact|reach|regist)|(?:could|can|did)(?: ?not|n.t) (?:be )?(?:establish|connect|contact|reach|assign|regist)|unable to (?:connect|contact|reach|establish|open|regist)|connect(?:ing|ion)?\b.{0,40}(?:fail|error|refus|unavailable|not (?:established|ready|available))|error.{0,20}connect(?:ing)?\b|no (?:active |usable |available |healthy |ready )?(?:connection|sub.?conn|upstream|host|endpoint|backend|subchannel)|not (?:yet )?(?:connected|ready)|transient.?failure|error starting grpc call|waiting.for.connection|failed to fetch|connection-error|could not be completed|is blocked by/,
  ],
  // How a stream or a connection ended.
  [
    ["server/unimplemented"],
    /unimplemented|(?:unknown|no such|missing) (?:service|method|rpc)|(?:service|method|rpc)\b.{0,60}(?:not found|not (?:been )?implemented|does not exist|unknown|not registered)|not (?:supported|implemented)/,
  ],
  [
    [httpclientGoaway, "grpc/goaway-then-connection-closed", grpcGoawayUnprocessedStream],
    /go.?away|told us to stop|telling us to stop|not processed|retried on|max.?age|draining|graceful/,
  ],
  [
    [clientDeadlineExceeded, connectSettingsHang, tcpFinInflight],
    /deadline|timeout|time[ds]?[ _-]?out|expired|did ?n.t respond|not respond|no response|took too long/,
  ],
  [
    [clientCancelledByCaller, clientCancelOrDeadlineSeenByServer, http2RstCancelFromServer],
    /cancel|half-?clos|before write could|already closed|stream is done|client (?:has )?(?:reset|aborted|disconnected|closed|gone|left)/,
  ],
  [
    [tcpResetInflight, tcpFinInflight, tcpResetOnStaleIdleConnection],
    /\breset\b|(?:read|write|recv|send|tcp).{0,20}(?:fail|error)|(?:fail|error|unable).{0,20}(?:read|writ|recv|receiv|send)|broken pipe|peer|\bepipe/,
  ],
  [
    [...cut, "server/abrupt-stop", httpclientGoaway],
    /clos(?:ed|e|ing|ure)\b|closed\w{0,12}exception|asynchronousclose|\beof|lost|drop(?:ped)?\b|abort|destroyed|\bended|disconnect|terminat|interrupt|shut.{0,5}down|stopp|remov|hang ?up|bad file descriptor/,
  ],
  [
    ["http2/stream-ids-exhausted", httpclientGoaway],
    /no ?more ?stream|stream ?ids? (?:exhaust|too small|overflow)|reserved bit/,
  ],
  // What neither end did to the connection.
  [
    [serverResourceExhausted, grpcStatusFromServer, "client/queue-full"],
    /exhaust|too many|out of memory|quota|overload|rate.?limit|queue (?:is )?full|throttl|max-concurrency/,
  ],
  [
    [grpcStatusFromServer, proxyHttpErrorInsteadOfGrpc, clientForeignError],
    /unauthenticated|unauthori[sz]ed|permission|forbidden|credential|\bjwt\b|\btoken\b|authenticat|access denied/,
  ],
  [
    [http2PeerViolation, http2RstProtocolError, http2GoawayErrorCode],
    /messaging rule|(?:headers|data|settings) (?:frame|before)|internal http2 error|framing|malformed|illegal|violat|http2 exception|connection faulted|unexpected (?:frame|data|header|byte)|(?:bad|invalid|unknown) \w{0,12} ?(?:frame|header|stream|preface|padding|setting)|http2exception|protocolexception|pseudo.?header/,
  ],
  [
    ["server/handler-failed", clientForeignError],
    /unsupportedoperation|exception calling|further calls|nullpointer|panic|unhandled|uncaught|assert(?:ion)?|exception (?:in|iterating|while|was)|illegal(?:state|argument)|cannot read propert|typeerror|segmentation/,
  ],
];

/**
 * What a failed call of gRPC or HTTP/2 means when neither a signature nor a phrase knows its words: the family that they
 * belong to. A family is what an engineer hears in a sentence of a program never seen before, "something was closed",
 * "somebody could not be reached", and its entries are all the causes that come so, likeliest first. Owns the table.
 */

import type { CausePhrase } from "./cause-phrases.ts";

const unreached: readonly string[] = [
  "connect/refused",
  "connect/settings-hang",
  "connect/name-not-found",
  "tls/handshake-failed",
  "connect/closed-before-settings",
];
const cut: readonly string[] = [
  "tcp/fin-inflight",
  "tcp/reset-inflight",
  "client/channel-closed-locally",
  "client/cancel-or-deadline-seen-by-server",
];

/** In lower case, as `CausePhrase` wants it; the special before the general, and of those that fit the first two count. */
export const causeFamilies: readonly CausePhrase[] = [
  // Proxies that say by name what became of their own connection.
  [
    ["envoy/upstream-connection-termination", "envoy/no-usable-upstream", "envoy/remote-reset"],
    /upstream.{0,40}(?:connect error|disconnect|reset)|reset reason|\benvoy\b/,
  ],
  [["linkerd/fail-fast", "connect/refused"], /fail-?fast\b|linkerd/],
  [
    ["nginx/upstream-failed-before-headers", "nginx/upstream-failed-after-headers", "nginx/grpc-read-timeout"],
    /from upstream|to upstream|upstream timed out/,
  ],
  // Codes of HTTP/2 in the words of hyper's h2.
  [
    ["http2/rst-internal-error", "http2/goaway-error-code", "keepalive/ping-timeout-dead-peer"],
    /unexpected internal error/,
  ],
  [
    ["httpclient/goaway", "grpc/goaway-unprocessed-stream", "http2/rst-no-error-without-status"],
    /not a result of an error/,
  ],
  [["http2/rst-cancel-from-server", "client/cancel-or-deadline-seen-by-server"], /stream no longer needed/],
  [["http2/rst-refused-stream"], /refused stream|stream before processing/],
  // Codes of HTTP/2 in any writing, `FrameSizeError`, `:internal_error`, `stream_error 0x8`.
  [["http2/rst-refused-stream"], /\brefused_?stream|code[:= ]{1,2}(?:7|0x0{0,7}7)\b/],
  [["http2/rst-enhance-your-calm", "http2/enhance-your-calm-too-many-pings"], /enhance.?your.?calm/],
  [["http2/goaway-http11-required"], /http.?1.?1.?required/],
  [
    ["http2/peer-violation", "http2/rst-protocol-error", "http2/goaway-error-code", "connect/http1-peer"],
    /(?:protocol|flow.?control|frame.?size|compression)[_ -]?(?:error|violat)|streamidtoosmall|nohpack|nghttp2_err_|\bhttp2_?(?:protocol|frame)\w{0,20}error|(?:stream|rst|h2|http\/?2).{0,80}(?:code|http2_error)["':= ]{1,3}(?:0x0{0,7})?[13469]\b/,
  ],
  [["http2/rst-no-error-without-status", "httpclient/goaway"], /\bno_?error\b/],
  [
    ["http2/rst-cancel-from-server", "client/cancel-or-deadline-seen-by-server", "client/cancelled-by-caller"],
    /(?:reset|rst|stream|http2|h2|http\/2).{0,80}\bcancel\b|\bcode[:= ]{1,2}(?:8|0x0{0,7}8)\b/,
  ],
  [
    ["http2/rst-internal-error", "http2/goaway-error-code"],
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
    ["http2/missing-trailers", "proxy/http-error-instead-of-grpc", "tcp/fin-inflight"],
    /no (?:grpc-?)?status\b|(?:grpc[- ]status|trailers?)\b.{0,40}(?:missing|not found|absent|no\b|empty|without|invalid)|(?:missing|no|without|sending|invalid|empty)\b.{0,40}(?:grpc-status|trailers?\b)|no (?:response )?message|(?:empty )?data frame|\beos\b/,
  ],
  [
    ["grpc/bad-response-framing", "grpc/bad-request-framing", "client/foreign-error"],
    /mid-?frame|enveloped message|incomplete response|pars(?:e|ing).{0,20}(?:error|fail)|fail\w{0,3}.{0,20}pars|marshal|seriali[sz]|fail\w{0,3}.{0,12}(?:en|de)cod|(?:en|de)cod\w{1,4}.{0,12}(?:fail|error)|wire ?type|invalid (?:protobuf|utf-?8|tag)|(?:read|write) message/,
  ],
  [
    ["proxy/http-error-instead-of-grpc", "proxy/html-instead-of-grpc", "connect/http1-peer"],
    /\b(?:http|status|code|response|got|received|unexpected|bad)\b.{0,30}\b(?:30[1278]|40[0-9]|41[0-9]|42[0-9]|43[01]|50[0-5]|52\d)\b|\b50[234] (?:bad gateway|service|gateway)|content-?type/,
  ],
  // Who was not reached.
  [
    ["connect/name-not-found"],
    /\bresolv(?:e|er|ing|ution)\b|zero addresses|no addresses|\bdns\b|\bnxdomain|unknown ?host|no such host|getaddrinfo|ares_/,
  ],
  [["tls/alpn-missing", "connect/http1-peer", "tls/handshake-failed"], /\balpn\b|\bnpn\b/],
  [
    ["tls/handshake-failed", "connect/closed-before-settings"],
    /\b(?:m?tls|ssl)(?:v\d)?\b|certificat|handshak|cipher|\bx\.?509|\bpkix|corruptmessage|sslhandler|sslexception|unknown ?ca\b|self.?signed/,
  ],
  [
    ["connect/http1-peer", "http2/peer-violation"],
    /bogus greeting|malformed http response|transport scheme|target group|\bhttp1|http\/1\.|\bpri \*|preface|frame type|prior.?knowledge|plain ?text|cleartext|frame too large|too large http2 frame|does not support http\/?2|protocol could be determined/,
  ],
  [
    ["keepalive/ping-timeout-dead-peer", "keepalive/disabled-half-open"],
    /keep.?alive|watchdog|\bping|heart.?beat|no activity/,
  ],
  [["connect/refused"], /address (?:is )?not available|assign requested address|refused|unreachable|no route|actively/],
  [
    ["server/bind-failed"],
    /address (?:is )?(?:already )?in use|(?:fail|error|unable|could ?not|cannot).{0,30}(?:\bbind|\blisten)|listen tcp/,
  ],
  [
    unreached,
    /(?:connect|endpoint|plugin|socket|endorser|orderer|peer|client|target).{0,160}context deadline|\bdial|fail\w{0,3}.{0,40}(?:connect|contact|reach|regist)|(?:could|can|did)(?: ?not|n.t) (?:be )?(?:establish|connect|contact|reach|assign|regist)|unable to (?:connect|contact|reach|establish|open|regist)|connect(?:ing|ion)?\b.{0,40}(?:fail|error|refus|unavailable|not (?:established|ready|available))|error.{0,20}connect(?:ing)?\b|no (?:active |usable |available |healthy |ready )?(?:connection|sub.?conn|upstream|host|endpoint|backend|subchannel)|not (?:yet )?(?:connected|ready)|transient.?failure|error starting grpc call|waiting.for.connection|failed to fetch|connection-error/,
  ],
  // How a stream or a connection ended.
  [
    ["server/unimplemented"],
    /unimplemented|(?:unknown|no such|missing) (?:service|method|rpc)|(?:service|method|rpc)\b.{0,60}(?:not found|not (?:been )?implemented|does not exist|unknown|not registered)|not (?:supported|implemented)/,
  ],
  [
    ["httpclient/goaway", "grpc/goaway-then-connection-closed", "grpc/goaway-unprocessed-stream"],
    /go.?away|told us to stop|telling us to stop|not processed|retried on|max.?age|draining|graceful/,
  ],
  [
    ["client/deadline-exceeded", "connect/settings-hang", "tcp/fin-inflight"],
    /deadline|timeout|time[ds]?[ _-]?out|expired|did ?n.t respond|not respond|no response|took too long/,
  ],
  [
    ["client/cancelled-by-caller", "client/cancel-or-deadline-seen-by-server", "http2/rst-cancel-from-server"],
    /cancel|half-?clos|before write could|already closed|stream is done|client (?:has )?(?:reset|aborted|disconnected|closed|gone|left)/,
  ],
  [
    ["tcp/reset-inflight", "tcp/fin-inflight", "tcp/reset-on-stale-idle-connection"],
    /\breset\b|(?:read|write|recv|send|tcp).{0,20}(?:fail|error)|(?:fail|error|unable).{0,20}(?:read|writ|recv|receiv|send)|broken pipe|peer|\bepipe/,
  ],
  [
    [...cut, "server/abrupt-stop", "httpclient/goaway"],
    /clos(?:ed|e|ing|ure)\b|closed\w{0,12}exception|asynchronousclose|\beof|lost|drop(?:ped)?\b|abort|destroyed|\bended|disconnect|terminat|interrupt|shut.{0,4}down|stopp|remov|hang ?up|bad file descriptor/,
  ],
  [
    ["http2/stream-ids-exhausted", "httpclient/goaway"],
    /no ?more ?stream|stream ?ids? (?:exhaust|too small|overflow)|reserved bit/,
  ],
  // What neither end did to the connection.
  [
    ["server/resource-exhausted", "grpc/status-from-server", "client/queue-full"],
    /exhaust|too many|out of memory|quota|overload|rate.?limit|queue (?:is )?full|throttl|max-concurrency/,
  ],
  [
    ["grpc/status-from-server", "proxy/http-error-instead-of-grpc", "client/foreign-error"],
    /unauthenticated|unauthori[sz]ed|permission|forbidden|credential|\bjwt\b|\btoken\b|authenticat|access denied/,
  ],
  [
    ["http2/peer-violation", "http2/rst-protocol-error", "http2/goaway-error-code"],
    /messaging rule|(?:headers|data|settings) (?:frame|before)|internal http2 error|framing|malformed|illegal|violat|http2 exception|connection faulted|unexpected (?:frame|data|header|byte)|(?:bad|invalid|unknown) \w{0,12} ?(?:frame|header|stream|preface|padding|setting)|http2exception|protocolexception|pseudo.?header/,
  ],
  [
    ["server/handler-failed", "client/foreign-error"],
    /unsupportedoperation|exception calling|further calls|nullpointer|panic|unhandled|uncaught|assert(?:ion)?|exception (?:in|iterating|while|was)|illegal(?:state|argument)|cannot read propert|typeerror|segmentation/,
  ],
];

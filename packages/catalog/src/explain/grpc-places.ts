/**
 * What tells a text about gRPC or HTTP/2 although it names neither: files, packages and classes of libraries, programs that
 * speak nothing else to each other, and words that only such programs use. Owns the words; a text in which they stand is
 * read for causes when nothing else in it is known.
 */

import { lazily } from "./lazily.ts";
import { namesHttp2Library } from "./library-names.ts";

const statuses =
  "unavailable|unimplemented|unauthenticated|deadline_?exceeded|resource_?exhausted|failed_?precondition|permission_?denied|invalid_?argument|out_?of_?range|already_?exists|data_?loss|cancell?ed|internal|unknown|aborted|not_?found";

/** In lower case. */
const places = lazily(
  () =>
    new RegExp(
      [
        // Sources and packages of C-core, OkHttp, hyper, Python's h2, spdy-transport, Cowlib, Jetty, Armeria, .NET's for Unity.
        String.raw`src[\\/]+core[\\/]+(?:lib|ext|iomgr|tsi|util)|\biomgr\b|tcp_(?:client|server)_(?:posix|windows|custom)|\bsecurity_handshaker|\bsubchannel|okhttp3?\.internal\.(?:http2|framed)|hyper::error|hyper_util|[/\\]h2[/\\]\w{1,20}\.py|\bgrpclib\b|spdy-transport|cow_http2|overhttp2|com\.linecorp\.armeria|yetanotherhttphandler|google[-/](?:gax|cloud/(?:pubsub|spanner|firestore|datastore|logging|tasks|speech|bigtable))`,
        // Names of what only HTTP/2 has, in the writings of Erlang, Swift, Haskell, nghttp2.
        String.raw`\brefused_?stream|\b(?:flow_?control|frame_?size|compression|settings)_?(?:error|timeout)\b|inadequate_?security|connectionerrorisreceived|reset\(streamid|nohpack|streamidtoosmall|\bpri \* http|with \d{1,9} active stream|goaway|\bgot rst\b|(?:client|server) reset the request stream|half-?closed without a request|missing (?:input|output) message|error reading a body from connection|client error \(sendrequest\)`,
        // Envoy, nginx, linkerd and Traefik of streams.
        String.raw`upstream connect error or disconnect|upstream_ ?reset_before|upstream (?:sent frame|rejected request with error|sent (?:invalid|too large) http2)|in fail-fast\b|h2c:\/\/|etcdserver:|rpctypes\.|service-mesh/proxy`,
        // grpc-go's words, and Fabric's, etcd's and other programs' that have nothing but gRPC between their parts.
        String.raw`transport is closing|transport: (?:authentication|error)|(?:complete|fail\w{0,3}) security handshake|failed to dial target host|\bsubconn|\bclientconn\b|\[(?:core\.)?comm(?:\.tls|\.grpc(?:\.server)?)?\]|\[connproducer\]|\borderer\S{0,40}:\d{4,5}\b|ordererclient|\bendorser client|senddeliver|sendbroadcast|\bembed: rejected connection|\betcd(?:ctl|server)?(?:\[\d+\])?: rejected connection|rejected connection from ".{1,80}servername|:23(?:79|80)\b(?!:\d\d)`,
        String.raw`kubelet[/\\](?:device-plugins|plugins_registry|plugins|pod-resources)|registerplugin|(?:register|dial) (?:the )?device plugin|\bremote_(?:runtime|image)\.go|\bhubble-(?:relay|peer)|\bttrpc\b|\bbuildkit|\bbuildx\b|failed to solve: (?:unavailable|canceled|internal|unknown)|\bgcs_(?:rpc_)?client|\bpymilvus|milvusexception|\btikv-|\btiflash|client_batch\.go|cloud firestore|\[firebase\/firestore\]|google\.(?:pubsub|spanner|firestore|ads)\.|googleads|google pub\/sub|googleerror|com\.google\.devtools\.build|remote (?:execution|cache) (?:server|service)|\bdapr\b.{0,40}(?:placement|sidecar)`,
        // What frames, streams and codes of HTTP/2 are called when somebody speaks of them.
        String.raw`stream (?:was |has been |is )?(?:reset(?::| by (?:the )?(?:remote|peer|server|client))|removed\b|terminated by|refused)|(?:remote|local) reset\b|\b(?:headers|settings|window_?update|continuation|push_?promise|rst) frames?\b|\bdata before a headers|illegal stream id|\bstream[ =:#]{1,3}\d{1,10}\b.{0,40}(?:reset|closed(?!: 0\b)|sent|error|terminated)|stream closed with error code|session closed with error code|<?connectionterminated\b|on_invalid_frame|frames? (?:sent|received) (?:on|for) closed|\bgun_(?:down|up|error)|pseudo-?header|messaging rule|\bbogus greeting|the transport scheme|malformed http response .{0,3}\\+x00\\+x00`,
        // What libraries of gRPC say and nobody else: grpc-web, grpcio, grpc-dart, grpc-java, C-core, Connect, etcd, gax, Spanner.
        String.raw`http response at 400 or 500 level|exception (?:calling application|iterating re)|error connecting: \w{1,20}exception|channel shutdown(?:now)?\b|no further calls are allowed|endpoint read failed|transport became inactive|transport (?:failed|closed)$|fail\w{0,3} to pick subchannel|handshake failed with fatal error|http1\.x server|in enveloped message|unexpected response content type|(?:missing|expected|invalid) (?:response content.type|header te\b)|selected alpn|noapplicationprotocol|error reading from server|retry total timeout exceeded|total timeout of api|ioonclosedchannel|\bh2_[a-z]|\bapns|protocol could be determined|\[shim\]|err_direct_invoke|failed to invoke, id|server=(?:orderer|peerserver)|channel isn.t ready|\b(?:incompatible with|not supported by) .{0,40}target group|\[(?:envoy|router|http2|pool|upstream)\]|\benvoy (?:router|http|pool|client|connection|upstream)|source\/common\/(?:http|router|upstream|config|network)|response_code_details|\bistio-proxy\b`,
        // Programs whose clients have nothing but gRPC to speak to them: Zeebe's gateway, Dgraph. An error of gRPC for PHP and others
        // that names its channel. Netty's own frames below a server that did not get its address.
        String.raw`\bio\.(?:zeebe|camunda\.zeebe)\b|gatewayconnectionexception|\berror while mutating\b|proposing to raft group|\(channel = \S{1,120}:\d{2,5}, message = |bindexception: (?:address already in use|permission denied)[\s\S]{0,600}io\.netty\.channel\.(?:socket|epoll|kqueue|uring|abstract)`,
        // An error of grpc-js, printed: its code, and the metadata beside it; a call or a service by name.
        String.raw`\bcode["']?: ?1?\d\b[\s\S]{0,120}\bmetadata["']?:|["' ](?:4|14|13|8|12|16)[: ]{1,2}(?:deadline exceeded|internal|unavailable|transport)\b`,
        // A wait for a connection that Go's context ended; what HTTP/1 says of it is ruled out below.
        String.raw`(?:dial|connect|regist|endpoint|target|socket|\bpeer\b|orderer|plugin|client|stub|channel|stream|invok)[\s\S]{0,160}context deadline exceeded|context deadline exceeded[\s\S]{0,160}(?:dial|connect|endpoint|target|\bpeer\b|orderer|plugin|stub|channel|stream)`,
        // C-core, grpc-js, connect-go, Ray, Apple's loader (whose EPROTO only HTTP/2 has), Chrome and curl, which number what only HTTP/2 has.
        String.raw`dns resolution failed for service|failed to connect to all addresses|'ipv[46]:|failed to connect before the deadline|protocol error: (?:missing|no) (?:status|trailers?)|missing endstreamresponse|promised \d{1,12} bytes|exception (?:de)?serializing re(?:quest|sponse)|without sending trailers|getting metadata from plugin failed|cancelling all calls|active streams violated|\[1:100\]|nsposixerrordomain\W{1,3}(?:code\W{1,3})?100|err_spdy|jetty (?:npn/)?alpn|npn/alpn|upstream request timeout|no healthy upstream|curl(?: error)?:? ?\(?(?:16|92)|can't find decompressor for|exception was thrown by handler|unknown frame type \d|\[s\d{1,20}\] .{0,40}remote reset|msg":"rejected connection"|"status": ?"unavailable"`,
        // A status by name where a code is named, and behind which a message follows.
        String.raw`\b(?:code|codename)["']?(?: ?[:=] ?|\()["']?(?:${statuses})\b["')\]]?(?:$|[,;:.\s}\])])|"status": ?"(?:${statuses})"`,
      ].join("|"),
    ),
);

/** A status in capitals, or as Go writes it, in front of its message; the reason phrases of HTTP have no underscore. */
const inFront =
  /(?:^|[:;,.\])>"'`=(|-] ?)(?:UNAVAILABLE|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED|FAILED_PRECONDITION|UNIMPLEMENTED|UNAUTHENTICATED|PERMISSION_DENIED|INVALID_ARGUMENT)[:,] |: (?:Unavailable|DeadlineExceeded|ResourceExhausted|FailedPrecondition|Unimplemented|Unauthenticated): |(?<![\w-])(?:INTERNAL|UNKNOWN|CANCELLED|ABORTED), desc:|\[StatusCode\.[A-Z_]{5,}\]|\b503 failed to connect to all addresses|^['"]?(?:Error: )?1?\d:? (?:Socket|Stream|Connection|Channel) (?:closed|removed|dropped|reset)/m;

/** `lower`: the text in lower case. */
export function namesGrpcPlace(text: string, lower: string): boolean {
  return (inFront.test(text) || places().test(lower) || namesHttp2Library(lower)) && !others.test(lower);
}

/** Requests of HTTP clients, databases and queues, whose words about connections and contexts are the same. */
const others =
  /client\.timeout exceeded|(?:get|post|put|head|delete|patch) \\?"?https?:\/\/|\b(?:mongo(?:db)?|mysql|postgres(?:ql)?|pgx?|pq|redis|kafka|rabbitmq|amqp|nats|cassandra|gocql|sql|elasticsearch|websocket|smtp|ldap|ssh|mqtt|clickhouse|memcached?|zookeeper|vault|consul|s3)\b|server selection error|\bquic(?:-go)?\b|\bh3\b|http\/3|h3_|\bdatabase=|rtmp|\bfile stream|io\.lettuce|\bprinter\b|net\.minecraft|\bbukkit/;

/** H2 is also a database, and people tell each other to go away. */
const lookAlikes =
  /\borg\.h2\.|\bjdbc:h2\b|\bh2[ -](?:database|console|engine|db)\b|\.h2\.db\b|\bh2:(?:mem|file|tcp):/gi;
const goAway = /\bgo_?away\b/gi;
const besideGoAway =
  /frame|connection|server|client|stream|session|http|h2|code|error|receiv|sen[dt]\b|proxy|clos|debug|nginx|grpc|last|peer/i;
/** Text of somebody who is shown nothing else may be the bare word. */
const bareLetters = 30;

/** The text without words that only look like those of HTTP/2. */
export function withoutLookAlikes(text: string): string {
  const kept = text.replace(lookAlikes, " ");
  return kept.length > bareLetters && !besideGoAway.test(kept) ? kept.replace(goAway, " ") : kept;
}

/** What to capture when a failure is not known: how each program is made to talk. */

import type { Implementation, Language } from "@holdfast/catalog";

interface Advice {
  readonly say: Readonly<Record<Language, string>>;
  readonly run: string;
}

const node: Advice = {
  say: {
    en: "Let the Node client or server print its transport and its frames:",
    zh: "让 Node 客户端或服务器打印传输层日志和帧：",
  },
  run: "GRPC_VERBOSITY=DEBUG GRPC_TRACE=transport,subchannel,subchannel_call NODE_DEBUG=http2",
};
const nodeHttp2: Advice = {
  say: { en: "Let Node print its HTTP/2 sessions and frames:", zh: "让 Node 打印 HTTP/2 会话和帧：" },
  run: "NODE_DEBUG=http2",
};
const go: Advice = {
  say: { en: "Let the Go process log its connections and print every frame:", zh: "让 Go 进程记录连接并打印每一帧：" },
  run: "GRPC_GO_LOG_VERBOSITY_LEVEL=99 GRPC_GO_LOG_SEVERITY_LEVEL=info GODEBUG=http2debug=2",
};
const core: Advice = {
  say: {
    en: "Let C core (Python, C++, Ruby, PHP) trace its transport:",
    zh: "让 C core（Python、C++、Ruby、PHP）打印传输层跟踪：",
  },
  run: "GRPC_VERBOSITY=DEBUG GRPC_TRACE=http,http_keepalive,connectivity_state",
};
const java: Advice = {
  say: { en: "Log the frames of grpc-java (java.util.logging):", zh: "记录 grpc-java 的帧（java.util.logging）：" },
  run: "io.grpc.netty.NettyClientHandler.level=FINE",
};
const dotnet: Advice = {
  say: {
    en: "Log the gRPC client and the HTTP handler of .NET (appsettings.json):",
    zh: "记录 .NET 的 gRPC 客户端和 HTTP 处理器（appsettings.json）：",
  },
  run: '"Logging": { "LogLevel": { "Grpc": "Debug", "System.Net.Http": "Trace" } }',
};
const rust: Advice = {
  say: { en: "Let h2 and hyper say what they see:", zh: "让 h2 和 hyper 输出所见：" },
  run: "RUST_LOG=h2=debug,hyper=debug,tonic=debug",
};
const envoy: Advice = {
  say: { en: "Add flags and details to Envoy's access log:", zh: "在 Envoy 访问日志中加入标志和细节：" },
  run: "%RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %GRPC_STATUS%",
};
const nginx: Advice = {
  say: {
    en: "Read nginx's error log at that second, at level info:",
    zh: "查看 nginx 在那一秒的错误日志，级别 info：",
  },
  run: "error_log /var/log/nginx/error.log info;",
};
const haproxy: Advice = {
  say: { en: "Read the termination state in HAProxy's log (%ts):", zh: "查看 HAProxy 日志中的终止状态（%ts）：" },
  run: "option httplog",
};
const wire: Advice = {
  say: {
    en: "Or look at the wire: GOAWAY, RST_STREAM and resets of TCP:",
    zh: "或直接看线上：GOAWAY、RST_STREAM 和 TCP 重置：",
  },
  run: "tshark -i any -Y 'http2.type==7 || http2.type==3 || tcp.flags.reset==1'",
};

const byImplementation: Partial<Readonly<Record<Implementation, readonly Advice[]>>> = {
  "grpc-js": [node],
  "nice-grpc": [node],
  "connect-node": [nodeHttp2],
  "node-http2": [nodeHttp2],
  undici: [nodeHttp2],
  "grpc-go": [go],
  "go-net-http2": [go],
  traefik: [go],
  "grpc-core": [core],
  "grpc-java": [java],
  "grpc-dotnet": [dotnet],
  tonic: [rust],
  linkerd: [rust],
  envoy: [envoy],
  nginx: [nginx],
  haproxy: [haproxy],
};

/** For the programs that were seen; for none, those that most people have. The wire comes last: it always helps. */
export function captureAdvice(
  seen: readonly Implementation[],
  language: Language,
): readonly { readonly say: string; readonly run: string }[] {
  const chosen = [...new Set(seen.flatMap((each) => byImplementation[each] ?? []))];
  const advice = chosen.length > 0 ? chosen : [node, go, core];
  return [...advice, wire].map(({ say, run }) => ({ say: say[language], run }));
}

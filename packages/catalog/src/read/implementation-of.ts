/** Which program's words these are, judged by the names in stacks, logs and user agents. */

import type { Implementation } from "../record/vocabulary.ts";
import type { ReadStatus } from "./read-status.ts";

/** First match wins: what builds on another library stands before it. */
const traces: readonly (readonly [Implementation, RegExp])[] = [
  ["holdfast", /@holdfast\/|\bcatalogId\b/],
  ["nice-grpc", /nice-grpc|\bClientError: \//],
  ["connect-node", /@connectrpc|\bConnectError(?:: \[|\.from\b)|@bufbuild\/connect/],
  ["grpc-js", /@grpc[/\\]grpc-js|grpc-node-js\/|\bgrpc-js\b|@grpc_proxy|callErrorFromStatus/],
  ["tonic", /\btonic(?:::|[ /-])|\bhyper::|\bh2::|h2 protocol error|\bhyper_util::/],
  ["grpc-dotnet", /Grpc\.(?:Core|Net|AspNetCore)\.|System\.Net\.Http\.|HttpProtocolException|grpc-dotnet/],
  ["grpc-java", /\bio\.grpc\.|grpc-java-|io\.netty\.handler\.codec\.http2|StatusRuntimeException/],
  [
    "grpc-core",
    /_InactiveRpcError|_MultiThreadedRendezvous|AioRpcError|\bgrpc\._channel|grpc[/\\]_channel\.py|grpc\.aio|grpc-python|grpc-c\/|chttp2|debug_error_string|GRPC::[A-Z]|src\/core\/|google\.api_core\.exceptions|StatusCode\.[A-Z]{2}/,
  ],
  [
    "grpc-go",
    /rpc error: code = |google\.golang\.org\/grpc|grpc-go\/|\[(?:core|transport)\] ?\[|\btransport: |grpc: addrConn/,
  ],
  ["go-net-http2", /golang\.org\/x\/net\/http2|\bhttp2: |net\/http\.\(\*http2|net\/http: |net\/http\.\(/],
  ["undici", /\bundici\b|UND_ERR_|node:internal\/deps\/undici|\bTypeError: fetch failed/],
  ["nginx", /\[(?:error|warn|crit|info|alert|notice)\] \d+#\d+: |, upstream: "grpcs?:\/\//],
  ["haproxy", /\bhaproxy\[?|\s[CSPLRIDUKcs-][RCHDQTL-][NIDVEOU-][NIDPRU-] \d+\/\d+\/\d+\/\d+\/\d+/],
  ["envoy", /upstream connect error or disconnect|response_flags|response_code_details|\benvoy\b|via_upstream/],
  ["linkerd", /\blinkerd|l5d-/],
  ["traefik", /\btraefik\b/i],
  ["node-http2", /node:internal\/http2|ERR_HTTP2_|NGHTTP2_|internal\/http2\/core/],
  ["kubernetes", /\bkubelet\b|\bkube-proxy\b|\bKilling container\b/],
];

/** Undefined when nothing tells. A form of writing that only one program has is the best sign. */
export function implementationOf(text: string, statuses: readonly ReadStatus[]): Implementation | undefined {
  const byForm = statuses.find(({ implementation }) => implementation !== undefined)?.implementation;
  // nice-grpc, and Connect over its own errors, write like grpc-js in parts of what they print.
  if (byForm !== undefined && byForm !== "grpc-js") return byForm;
  const byTrace = traces.find(([, pattern]) => pattern.test(text))?.[0];
  return byForm === undefined || byTrace === "nice-grpc" ? byTrace : byForm;
}

/** Words that only stand where gRPC or HTTP/2 is talked about; `transport error` alone is tonic's outermost error. */
const tongue =
  /grpc|GRPC|\bgRPC\b|\bGrpc\.|rpc error|HTTP\/2|http\/2|\bhttp2|HTTP2|\bHttp2(?:FrameStream|ChannelClosed|NoMoreStreamIds)?Exception\b|\bStreamResetException\b|\bh2c?\b|RST_STREAM|GOAWAY|StatusRuntimeException|StatusCode\.|ConnectError: \[|RpcError|RpcException|ERR_HTTP2|\btonic::|connection error: desc = |\bService was not ready: |(?:^|\n) *(?:Error: |0: )?transport error(?:$|\n)/;

export function speaksOfGrpc(text: string): boolean {
  return tongue.test(text);
}

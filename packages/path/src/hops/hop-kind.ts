/** Owns the names of what a path is made of. What each does and has by default is in `hop-kinds-table.ts`. */

/** `program`: client or server; `relay`: ends HTTP/2 on one side and begins it on the other; `wire`: moves bytes. */
export const kindsByRole = {
  program: [
    "grpc-go",
    "grpc-core",
    "grpc-java",
    "grpc-java-okhttp",
    "grpc-js",
    "holdfast",
    "connect-node",
    "grpc-dotnet",
    "tonic",
    "node-http2",
    "go-net-http2",
  ],
  relay: ["nginx", "envoy", "haproxy", "aws-alb", "gcp-alb", "cloudflare"],
  wire: ["aws-nlb", "azure-lb", "nat", "conntrack"],
} as const;

export type HopRole = keyof typeof kindsByRole;
export type HopKind = (typeof kindsByRole)[HopRole][number];

export function roleOf(kind: HopKind): HopRole {
  if ((kindsByRole.wire as readonly string[]).includes(kind)) return "wire";
  return (kindsByRole.relay as readonly string[]).includes(kind) ? "relay" : "program";
}

/** Where rules and reasons have what they say from: a short name for a line of a configuration, and what it stands for. */

export interface Source {
  readonly title: string;
  readonly at: string;
}

const grfc = (name: string): string => `https://github.com/grpc/proposal/blob/master/${name}.md`;

export const sourceTable = {
  "rfc-goaway": { title: "RFC 9113 §6.8", at: "https://www.rfc-editor.org/rfc/rfc9113#section-6.8" },
  "rfc-ping": { title: "RFC 9113 §6.7", at: "https://www.rfc-editor.org/rfc/rfc9113#section-6.7" },
  "rfc-flow": { title: "RFC 9113 §5.2", at: "https://www.rfc-editor.org/rfc/rfc9113#section-5.2" },
  "rfc-limits": { title: "RFC 9113 §10.5", at: "https://www.rfc-editor.org/rfc/rfc9113#section-10.5" },
  a2: { title: "gRFC A2", at: grfc("A2-service-configs-in-dns") },
  a6: { title: "gRFC A6", at: grfc("A6-client-retries") },
  a8: { title: "gRFC A8", at: grfc("A8-client-side-keepalive") },
  a9: { title: "gRFC A9", at: grfc("A9-server-side-conn-mgt") },
  a17: { title: "gRFC A17", at: grfc("A17-client-side-health-checking") },
  a18: { title: "gRFC A18", at: grfc("A18-tcp-user-timeout") },
  a50: { title: "gRFC A50", at: grfc("A50-xds-outlier-detection") },
  a105: { title: "gRFC A105", at: "https://github.com/grpc/proposal/pull/516" },
  l116: {
    title: "gRFC L116",
    at: "https://github.com/grpc/proposal/blob/master/L116-core-loosen-max-pings-without-data.md",
  },
  "grpc-http2": { title: "PROTOCOL-HTTP2.md", at: "https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md" },
  "grpc-keepalive": { title: "keepalive.md", at: "https://github.com/grpc/grpc/blob/master/doc/keepalive.md" },
  "grpc-health": { title: "health-checking.md", at: "https://github.com/grpc/grpc/blob/master/doc/health-checking.md" },
  backoff: { title: "connection-backoff.md", at: "https://github.com/grpc/grpc/blob/master/doc/connection-backoff.md" },
  go: { title: "grpc-go's source", at: "https://github.com/grpc/grpc-go/tree/4793ad047" },
  core: { title: "C-core's source", at: "https://github.com/grpc/grpc" },
  java: { title: "grpc-java's source", at: "https://github.com/grpc/grpc-java/tree/5fda0c7c35" },
  "java-12417": { title: "grpc-java#12417", at: "https://github.com/grpc/grpc-java/issues/12417" },
  js: { title: "grpc-js's source", at: "https://github.com/grpc/grpc-node/tree/2670b37a" },
  "js-3068": { title: "grpc-node#3068", at: "https://github.com/grpc/grpc-node/issues/3068" },
  dotnet: { title: "grpc-dotnet's source", at: "https://github.com/grpc/grpc-dotnet/tree/91c8faf2" },
  tonic: { title: "tonic's source", at: "https://github.com/hyperium/tonic/tree/a55efae7" },
  holdfast: { title: "docs/keepalive.md", at: "docs/keepalive.md of Holdfast" },
  node: { title: "Node's http2", at: "https://nodejs.org/api/http2.html" },
  nghttp2: { title: "nghttp2's source", at: "https://github.com/nghttp2/nghttp2/tree/692c8d8f" },
  envoy: { title: "Envoy's API", at: "https://github.com/envoyproxy/data-plane-api/tree/84e84367" },
  "envoy-timeouts": {
    title: "Envoy's FAQ on timeouts",
    at: "https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts",
  },
  "envoy-cli": { title: "Envoy's options", at: "https://www.envoyproxy.io/docs/envoy/latest/operations/cli" },
  nginx: { title: "ngx_http_grpc_module", at: "https://nginx.org/en/docs/http/ngx_http_grpc_module.html" },
  "nginx-core": { title: "ngx_http_core_module", at: "https://nginx.org/en/docs/http/ngx_http_core_module.html" },
  "nginx-http2": { title: "ngx_http_v2_module", at: "https://nginx.org/en/docs/http/ngx_http_v2_module.html" },
  "nginx-main": { title: "ngx_core_module", at: "https://nginx.org/en/docs/ngx_core_module.html" },
  "nginx-upstream": {
    title: "ngx_http_upstream_module",
    at: "https://nginx.org/en/docs/http/ngx_http_upstream_module.html",
  },
  "nginx-502": {
    title: "measured: nginx/upstream-failed-before-headers",
    at: "npx holdfast show nginx/upstream-failed-before-headers",
  },
  haproxy: { title: "HAProxy's manual", at: "https://docs.haproxy.org/3.0/configuration.html" },
  "alb-idle": {
    title: "AWS: ALB attributes",
    at: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
  },
  "alb-target": {
    title: "AWS: target group attributes",
    at: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html",
  },
  "alb-grpc": {
    title: "AWS: target groups for gRPC",
    at: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
  },
  "nlb-idle": {
    title: "AWS: NLB idle timeout",
    at: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html",
  },
  "gcp-alb": {
    title: "Google Cloud: request distribution",
    at: "https://docs.cloud.google.com/load-balancing/docs/https/request-distribution",
  },
  azure: {
    title: "Azure: TCP reset and idle timeout",
    at: "https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset",
  },
  cloudflare: {
    title: "Cloudflare: connection limits",
    at: "https://developers.cloudflare.com/fundamentals/reference/connection-limits/",
  },
  kubernetes: {
    title: "Kubernetes: termination of pods",
    at: "https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/",
  },
  istio: { title: "Istio's ProxyConfig", at: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/" },
  linkerd: { title: "Linkerd: graceful shutdown", at: "https://linkerd.io/2/tasks/graceful-shutdown/" },
  tcp: { title: "tcp(7)", at: "https://man7.org/linux/man-pages/man7/tcp.7.html" },
  conntrack: {
    title: "Linux: nf_conntrack",
    at: "https://docs.kernel.org/networking/nf_conntrack-sysctl.html",
  },
  measured: { title: "measured against the real programs", at: "npm run peers" },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceId = keyof typeof sourceTable;

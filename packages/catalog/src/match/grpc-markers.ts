/**
 * Words that make a line one of gRPC or HTTP/2 without saying which failure: by them `explain` finds failures that it does
 * not know, and patterns that name no text of their own are tried. Each has 6 characters or more, for the scanner's
 * sake. `HTTP/2` alone is not among them: access logs hold it in every line.
 */
export const grpcMarkers: readonly string[] = [
  // Names of statuses as grpc-js, grpc-java and C-core print them. Common words only with the colon behind them.
  "CANCELLED:",
  "UNKNOWN:",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND:",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED:",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL:",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
  // How others wrap a status: grpc-go, grpcio, .NET, tonic, Connect, and the trailer itself.
  "rpc error: code",
  "StatusCode",
  "StatusRuntimeException",
  "RpcException",
  "RpcError",
  "status: Unavailable",
  "Status { code",
  "ConnectError",
  "grpc-status",
  "grpc_status",
  // HTTP/2 by its own words.
  "GOAWAY",
  "RST_STREAM",
  "REFUSED_STREAM",
  "ENHANCE_YOUR_CALM",
  "ERR_HTTP2",
  "NGHTTP2",
  "HTTP/2 error",
  "HTTP/2 stream",
  "HTTP/2 connection",
  "http2: ",
];

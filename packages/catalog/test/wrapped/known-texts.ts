/**
 * Failures as their programs print them, bare: what `wrapped.test.ts` puts into wrappings. Owns no expectation: right is
 * whatever the bare text is answered with.
 */

const nodeStack = [
  "    at callErrorFromStatus (/srv/shop/node_modules/@grpc/grpc-js/build/src/call.js:32:19)",
  "    at Object.onReceiveStatus (/srv/shop/node_modules/@grpc/grpc-js/build/src/client.js:193:76)",
  "    at process.processTicksAndRejections (node:internal/process/task_queues:77:11)",
];

export const knownTexts: Readonly<Record<string, string>> = {
  // grpc-js, and what builds on it
  "grpc-js-dropped": "14 UNAVAILABLE: Connection dropped",
  "grpc-js-refused-stack": [
    "Error: 14 UNAVAILABLE: Stream refused by server",
    ...nodeStack,
    "for call at",
    "    at Client.makeUnaryRequest (/srv/shop/node_modules/@grpc/grpc-js/build/src/client.js:161:32) {",
    "  code: 14,",
    "  details: 'Stream refused by server',",
    "  metadata: Metadata { internalRepr: Map(0) {}, options: {} }",
    "}",
  ].join("\n"),
  "grpc-js-rst-0": "13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
  "grpc-js-rst-2": "Error: 13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)",
  "grpc-js-calm": "8 RESOURCE_EXHAUSTED: Bandwidth exhausted or memory limit exceeded",
  "grpc-js-no-connection":
    "14 UNAVAILABLE: No connection established. Last error: Error: connect ECONNREFUSED 192.0.2.7:50051",
  "grpc-js-deadline":
    "4 DEADLINE_EXCEEDED: Deadline exceeded after 0.701s,name resolution: 0.083s,metadata filters: 0.001s,Waiting for LB pick",
  "nice-grpc-dropped": "ClientError: /shop.v1.Orders/Get UNAVAILABLE: Connection dropped",
  // Connect, node:http2, undici
  "connect-refused-stream": "ConnectError: [internal] Stream closed with error code NGHTTP2_REFUSED_STREAM",
  "connect-cancel": "[canceled] http/2 stream closed with error code CANCEL (0x8)",
  "connect-missing-status": "[internal] protocol error: missing status",
  "node-session-11-stack": [
    "Error [ERR_HTTP2_SESSION_ERROR]: Session closed with error code 11",
    "    at Http2Session.onGoawayData (node:internal/http2/core:711:21) {",
    "  code: 'ERR_HTTP2_SESSION_ERROR'",
    "}",
  ].join("\n"),
  "node-protocol-error": "Stream closed with error code NGHTTP2_PROTOCOL_ERROR",
  "undici-goaway": 'SocketError: HTTP/2: "GOAWAY" frame received with code 0',
  "node-after-goaway": "New streams cannot be created after receiving a GOAWAY",
  // The C core, through Python and Ruby
  "grpcio-goaway-block": [
    "<_InactiveRpcError of RPC that terminated with:",
    "\tstatus = StatusCode.UNAVAILABLE",
    '\tdetails = "Stream removed (GOAWAY received; Error code: 0; Debug Text: draining)"',
    '\tdebug_error_string = "UNAVAILABLE:Stream removed (GOAWAY received; Error code: 0; Debug Text: draining)"',
    ">",
  ].join("\n"),
  "core-all-addresses":
    "UNAVAILABLE: failed to connect to all addresses; last error: UNAVAILABLE: ipv4:192.0.2.7:50051: Socket closed",
  "core-cancelling": "UNAVAILABLE: Cancelling all calls",
  "ruby-cancelling":
    "GRPC::Unavailable: 14:Cancelling all calls. debug_error_string:{UNKNOWN:Error received from peer}",
  // grpc-go
  "go-draining": "rpc error: code = Unavailable desc = the connection is draining",
  "go-prior-goaway":
    'rpc error: code = Unavailable desc = closing transport due to: connection error: desc = "error reading from server: EOF", received prior goaway: code: NO_ERROR, debug data: "server shutdown"',
  "go-keepalive": "rpc error: code = Unavailable desc = keepalive ping failed to receive ACK within timeout",
  "go-rst-protocol-error":
    "rpc error: code = Internal desc = stream terminated by RST_STREAM with error code: PROTOCOL_ERROR",
  "go-reset":
    "rpc error: code = Unavailable desc = error reading from server: read tcp 192.0.2.9:41000->192.0.2.7:50051: read: connection reset by peer",
  "go-dial-refused":
    'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 192.0.2.7:50051: connect: connection refused"',
  "go-deadline": "rpc error: code = DeadlineExceeded desc = context deadline exceeded",
  "go-too-large":
    "rpc error: code = ResourceExhausted desc = grpc: received message larger than max (5242896 vs. 4194304)",
  "go-closing": "rpc error: code = Unavailable desc = transport is closing",
  // grpc-java
  "java-goaway":
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Connection closed after GOAWAY. HTTP/2 error code: NO_ERROR",
  "java-reset-stack": [
    "io.grpc.StatusRuntimeException: UNAVAILABLE: io exception",
    "\tat io.grpc.stub.ClientCalls.toStatusRuntimeException(ClientCalls.java:368)",
    "\tat com.example.shop.Orders.get(Orders.java:86)",
    "Caused by: io.grpc.netty.shaded.io.netty.channel.unix.Errors$NativeIoException: recvAddress(..) failed with error(-104): Connection reset by peer",
  ].join("\n"),
  "java-rst-protocol-error": "INTERNAL: RST_STREAM closed stream. HTTP/2 error code: PROTOCOL_ERROR",
  "java-network-closed": "UNAVAILABLE: Network closed for unknown reason",
  "java-keepalive": "io.grpc.StatusRuntimeException: UNAVAILABLE: Keepalive failed. The connection is likely gone",
  // tonic
  "tonic-reset":
    'Status { code: Unknown, message: "transport error", source: Some(tonic::transport::Error(Transport, hyper::Error(Io, Kind(ConnectionReset)))) }',
  "tonic-rst-protocol-error":
    "code: 'Internal error', message: \"h2 protocol error: http2 error\", source: tonic::transport::Error(Transport, hyper::Error(Http2, Error { kind: Reset(StreamId(1), PROTOCOL_ERROR, Remote) }))",
  // Grpc.Net
  "dotnet-subchannel":
    'Status(StatusCode="Unavailable", Detail="Error connecting to subchannel.", DebugException="System.Net.Sockets.SocketException: Connection refused")',
  "dotnet-handshake":
    'Grpc.Core.RpcException: Status(StatusCode="Internal", Detail="Error starting gRPC call. HttpRequestException: An HTTP/2 connection could not be established because the server did not complete the HTTP/2 handshake.")',
  // Proxies
  "nginx-refused":
    '2026/11/21 14:02:55 [error] 19401#19401: *2 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.1, server: orders.shop.example, request: "POST /shop.v1.Orders/Get HTTP/2.0", upstream: "grpc://192.0.2.7:50051", host: "orders.shop.example"',
  "envoy-termination":
    "upstream connect error or disconnect/reset before headers. reset reason: connection termination",
  "envoy-remote-failure":
    "14 UNAVAILABLE: upstream connect error or disconnect/reset before headers. retried and the latest reset reason: remote connection failure, transport failure reason: delayed connect error: 111",
};

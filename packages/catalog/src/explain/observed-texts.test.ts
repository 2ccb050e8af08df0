/**
 * Texts that programs really print for a known cause: each must be answered with its own entry, first or among those
 * that share the text. The versions are those of the entries' sources.
 */

import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

/** For each entry, lines as they stood in logs and on terminals. */
const observed: Readonly<Record<string, readonly string[]>> = {
  "grpc/goaway-unprocessed-stream": [
    "Error: 14 UNAVAILABLE: Stream refused by server",
    "rpc error: code = Unavailable desc = the stream is rejected because server is draining the connection",
    "rpc error: code = Unavailable desc = the connection is draining",
    'details = "Stream removed (GOAWAY received; Error code: 0; Debug Text: draining)"',
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Abrupt GOAWAY closed sent stream. HTTP/2 error code: NO_ERROR, debug data: draining",
    "Error [ERR_HTTP2_STREAM_ERROR]: Stream closed with error code NGHTTP2_REFUSED_STREAM",
    "ConnectError: [internal] Stream closed with error code NGHTTP2_REFUSED_STREAM",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Abrupt GOAWAY closed unsent stream. HTTP/2 error code: NO_ERROR, debug data: draining",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: GOAWAY closed buffered stream. HTTP/2 error code: NO_ERROR, debug data: draining",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: GOAWAY shut down transport. HTTP/2 error code: NO_ERROR, debug data: draining",
  ],
  "grpc/goaway-then-connection-closed": [
    "Error: 14 UNAVAILABLE: Connection dropped",
    'rpc error: code = Unavailable desc = closing transport due to: connection error: desc = "error reading from server: EOF", received prior goaway: code: NO_ERROR, debug data: "max_age"',
    "rpc error: code = Unavailable desc = transport is closing",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Connection closed after GOAWAY. HTTP/2 error code: NO_ERROR, debug data: max_age",
    'details = "Stream removed (Socket closed (GOAWAY received; Error code: 0; Debug Text: max_age))"',
  ],
  "grpcjs/goaway-then-tcp-reset-internal-0": [
    "Error: 13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
  ],
  "grpcjs/keepalive-kills-draining-call": ["Error: 14 UNAVAILABLE: Connection dropped"],
  "http2/goaway-error-code": [
    "Error: 13 INTERNAL: Received RST_STREAM with code 1",
    "Error: 13 INTERNAL: Received RST_STREAM with code 9",
    "Error: 13 INTERNAL: Received RST_STREAM with code 2 triggered by internal client error: Session closed with error code 2",
    "Error [ERR_HTTP2_SESSION_ERROR]: Session closed with error code 2",
    "ConnectError: [internal] Session closed with error code 1",
    "ConnectError: [internal] Session closed with error code 2",
    'details = "Stream removed (Socket closed (GOAWAY received; Error code: 1; Debug Text: bad frame))"',
    'rpc error: code = Unavailable desc = closing transport due to: connection error: desc = "error reading from server: EOF", received prior goaway: code: PROTOCOL_ERROR, debug data: "bad frame"',
    "io.grpc.StatusRuntimeException: INTERNAL: Connection closed after GOAWAY. HTTP/2 error code: PROTOCOL_ERROR, debug data: bad frame",
    "Error: 13 INTERNAL: Received RST_STREAM with code 3",
    "Error: 13 INTERNAL: Received RST_STREAM with code 5",
    "Error: 13 INTERNAL: Received RST_STREAM with code 6",
    "Error [ERR_HTTP2_SESSION_ERROR]: Session closed with error code 1",
    "Error [ERR_HTTP2_SESSION_ERROR]: Session closed with error code 9",
    "ConnectError: [internal] Session closed with error code 6",
  ],
  "http2/goaway-http11-required": [
    "Error: 13 INTERNAL: Received RST_STREAM with code 13",
    "io.grpc.StatusRuntimeException: UNKNOWN: Abrupt GOAWAY closed sent stream. HTTP/2 error code: HTTP_1_1_REQUIRED",
    "ConnectError: [internal] Session closed with error code 13",
    "F0000 00:00:1763733600.123456   4711 http2_status.h:89] UNREACHABLE CODE",
    "HttpProtocolException: The HTTP/2 server closed the connection. HTTP/2 error code 'HTTP_1_1_REQUIRED' (0xd). (HttpProtocolError)",
  ],
  "java/goaway-nonzero-defects": [
    "io.grpc.StatusRuntimeException: INTERNAL: Abrupt GOAWAY closed sent stream. HTTP/2 error code: PROTOCOL_ERROR, debug data: bad frame",
  ],
  "node/new-stream-after-goaway": [
    "Error [ERR_HTTP2_GOAWAY_SESSION]: New streams cannot be created after receiving a GOAWAY",
    "Error [ERR_HTTP2_INVALID_SESSION]: The session has been destroyed",
    "Error [ERR_HTTP2_STREAM_CANCEL]: The pending stream has been canceled",
    "Error [ERR_HTTP2_PING_CANCEL]: HTTP2 ping cancelled",
    "Failed to start HTTP/2 stream with error New streams cannot be created after receiving a GOAWAY",
  ],
  "server/max-connection-age-grace-kill": [
    'details = "max connection age"',
    "Error: 14 UNAVAILABLE: Connection dropped",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Connection closed after GOAWAY. HTTP/2 error code: NO_ERROR, debug data: max_age",
    "Error: 13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
    'rpc error: code = Unavailable desc = closing transport due to: connection error: desc = "error reading from server: EOF", received prior goaway: code: NO_ERROR, debug data: "max_age"',
  ],
  "server/abrupt-stop": [
    "Error: 14 UNAVAILABLE: Connection dropped",
    "rpc error: code = Unavailable desc = error reading from server: EOF",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Server shutdownNow invoked",
  ],
  "ccore/cancelling-all-calls": [
    "Error: 14 UNAVAILABLE: Cancelling all calls",
    "Error: 13 INTERNAL: Received RST_STREAM with code 2 triggered by internal client error: Session closed with error code 2",
    'status = StatusCode.UNAVAILABLE\ndetails = "Cancelling all calls"',
  ],
  "grpcjs/force-shutdown-cancelled": ["Error: 1 CANCELLED: Call cancelled"],
  "k8s/rolling-restart-endpoint-race": [
    "Error: 14 UNAVAILABLE: No connection established. Last error: Error: connect ECONNREFUSED 10.0.3.4:50051. Resolution note: ",
    'details = "failed to connect to all addresses; last error: UNKNOWN: ipv4:10.0.3.4:50051: Failed to connect to remote host: Connection refused"',
    'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.0.3.4:50051: connect: connection refused"',
  ],
  "client/stale-addresses-no-re-resolution": [
    "Error: 4 DEADLINE_EXCEEDED: Deadline exceeded after 0.804s,name resolution: 0.002s,metadata filters: 0.000s,Waiting for LB pick",
    "Error: 14 UNAVAILABLE: No connection established. Last error: Error: connect ECONNREFUSED 10.0.3.4:50051. Resolution note: ",
  ],
  "http2/enhance-your-calm-too-many-pings": [
    "Error: 8 RESOURCE_EXHAUSTED: Bandwidth exhausted or memory limit exceeded",
    'details = "Stream removed (Socket closed (GOAWAY received; Error code: 11; Debug Text: too_many_pings))"',
    "io.grpc.StatusRuntimeException: RESOURCE_EXHAUSTED: Connection closed after GOAWAY. HTTP/2 error code: ENHANCE_YOUR_CALM (Bandwidth exhausted), debug data: too_many_pings",
    "ConnectError: [internal] Session closed with error code 11",
    "Connection to 10.0.3.4:50051 at 10.0.3.4:50051 rejected by server because of excess pings. Increasing ping interval to 20000 ms",
    'rpc error: code = Unavailable desc = closing transport due to: connection error: desc = "error reading from server: EOF", received prior goaway: code: ENHANCE_YOUR_CALM, debug data: "too_many_pings"',
  ],
  "keepalive/ping-timeout-dead-peer": [
    "Error: 14 UNAVAILABLE: Connection dropped",
    'details = "Stream removed (ping timeout)"',
    "ConnectError: [unavailable] PING timed out",
    "rpc error: code = Unavailable desc = keepalive ping failed to receive ACK within timeout",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Keepalive failed. The connection is likely gone",
    "http2: client connection lost",
  ],
  "ccore/keepalive-timeout-ineffective": ['details = "Stream removed (ping timeout)"', 'details = "Deadline Exceeded"'],
  "http2/rst-no-error-without-status": [
    "Error: 13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
    "rpc error: code = Internal desc = stream terminated by RST_STREAM with error code: NO_ERROR",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: RST_STREAM closed stream. HTTP/2 error code: NO_ERROR",
    'details = "Stream removed (RST_STREAM (Received RST_STREAM with error code 0))"',
  ],
  "http2/rst-internal-error": [
    "Error: 13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)",
    "rpc error: code = Internal desc = stream terminated by RST_STREAM with error code: INTERNAL_ERROR",
    "io.grpc.StatusRuntimeException: INTERNAL: RST_STREAM closed stream. HTTP/2 error code: INTERNAL_ERROR",
    "ConnectError: [internal] Stream closed with error code NGHTTP2_INTERNAL_ERROR",
  ],
  "http2/rst-protocol-error": [
    "Error: 13 INTERNAL: Received RST_STREAM with code 1",
    "rpc error: code = Internal desc = stream terminated by RST_STREAM with error code: PROTOCOL_ERROR",
    "rpc error: code = ResourceExhausted desc = stream terminated by RST_STREAM with error code: FLOW_CONTROL_ERROR",
    "io.grpc.StatusRuntimeException: UNKNOWN: RST_STREAM closed stream. HTTP/2 error code: HTTP_1_1_REQUIRED",
    "Error: 7 PERMISSION_DENIED: Protocol not secure enough",
    "Error: 13 INTERNAL: Received RST_STREAM with code 3",
    "Error: 13 INTERNAL: Received RST_STREAM with code 10",
  ],
  "http2/rst-refused-stream": [
    "Error: 14 UNAVAILABLE: Stream refused by server",
    'details = "Stream removed (RST_STREAM (Received RST_STREAM with error code 7))"',
    "io.grpc.StatusRuntimeException: UNAVAILABLE: RST_STREAM closed stream. HTTP/2 error code: REFUSED_STREAM",
    "rpc error: code = Unavailable desc = stream terminated by RST_STREAM with error code: REFUSED_STREAM",
    "2026/11/21 12:00:00 [info] 7#7: *1 concurrent streams exceeded 128 while processing HTTP/2 connection, client: 10.0.0.9, server: 0.0.0.0:8443",
  ],
  "http2/rst-cancel-from-server": [
    "StatusError: 13 INTERNAL [STREAM_RESET] 10.0.3.4:443 reset the stream with RST_STREAM(CANCEL (0x8))",
    "Error: 1 CANCELLED: Call cancelled",
    "rpc error: code = Canceled desc = stream terminated by RST_STREAM with error code: CANCEL",
    "io.grpc.StatusRuntimeException: CANCELLED: RST_STREAM closed stream. HTTP/2 error code: CANCEL",
    'details = "Stream removed (RST_STREAM (Received RST_STREAM with error code 8))"',
    "ConnectError: [canceled] http/2 stream closed with error code CANCEL (0x8)",
    "rpc error: code = DeadlineExceeded desc = stream terminated by RST_STREAM with error code: CANCEL",
  ],
  "http2/rst-enhance-your-calm": [
    "Error: 8 RESOURCE_EXHAUSTED: Bandwidth exhausted or memory limit exceeded",
    "rpc error: code = ResourceExhausted desc = stream terminated by RST_STREAM with error code: ENHANCE_YOUR_CALM",
    "ConnectError: [internal] Stream closed with error code NGHTTP2_ENHANCE_YOUR_CALM",
    "io.grpc.StatusRuntimeException: RESOURCE_EXHAUSTED: RST_STREAM closed stream. HTTP/2 error code: ENHANCE_YOUR_CALM (Bandwidth exhausted)",
  ],
  "http2/missing-trailers": [
    "Error: 13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
    "rpc error: code = Internal desc = server closed the stream without sending trailers",
    "io.grpc.StatusRuntimeException: INTERNAL: Received unexpected EOS on empty DATA frame from server",
    "io.grpc.StatusRuntimeException: INTERNAL: Encountered end-of-stream mid-frame",
    'details = "Stream removed (Data frame with END_STREAM flag received)"',
    "ConnectError: [internal] protocol error: missing status",
    "io.grpc.StatusRuntimeException: INTERNAL: Received unexpected EOS on non-empty DATA frame from server",
    'status: Unknown, message: "protocol error: missing grpc-status trailer, stream was terminated without a final status (possible truncation by a proxy or load balancer)"',
    'Grpc.Core.RpcException: Status(StatusCode="Cancelled", Detail="No grpc-status found on response.")',
  ],
  "haproxy/refused-stream-after-forwarding": ["Error: 14 UNAVAILABLE: Stream refused by server"],
  "node/rapid-reset-session-closed": [
    "Session closed with error code 2",
    "Error [ERR_HTTP2_ERROR]: Protocol error",
    "Error [ERR_HTTP2_SESSION_ERROR]: Session closed with error code 2",
    "Error: 13 INTERNAL: Received RST_STREAM with code 2 triggered by internal client error: Session closed with error code 2",
  ],
  "tcp/fin-inflight": [
    "Error: 14 UNAVAILABLE: Connection dropped",
    "rpc error: code = Unavailable desc = error reading from server: EOF",
    "rpc error: code = Unavailable desc = transport is closing",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Network closed for unknown reason",
    'details = "Stream removed (Socket closed)"',
    "ConnectError: [canceled] http/2 stream closed with error code CANCEL (0x8)",
  ],
  "tcp/reset-inflight": [
    "Error: 14 UNAVAILABLE: read ECONNRESET",
    "Error: 14 UNAVAILABLE: Connection dropped",
    "rpc error: code = Unavailable desc = error reading from server: read tcp 10.0.0.1:41000->10.0.0.2:50051: read: connection reset by peer",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: io exception",
    'details = "Stream removed (recvmsg:Connection reset by peer (104))"',
    "ConnectError: [aborted] read ECONNRESET",
    "ConnectError: [canceled] http/2 stream closed with error code CANCEL (0x8)",
    "transport: http2Server.HandleStreams failed to read frame: read tcp 10.0.0.1:50051->10.0.0.2:41000: read: connection reset by peer",
  ],
  "connect/refused": [
    "Error: 14 UNAVAILABLE: No connection established. Last error: Error: connect ECONNREFUSED 10.0.3.4:50051. Resolution note: ",
    'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial tcp 10.0.3.4:50051: connect: connection refused"',
    "io.grpc.StatusRuntimeException: UNAVAILABLE: io exception",
    'details = "failed to connect to all addresses; last error: UNKNOWN: ipv4:10.0.3.4:50051: Failed to connect to remote host: Connection refused"',
  ],
  "connect/closed-before-settings": [
    "Error: 14 UNAVAILABLE: No connection established. Last error: Failed to connect (2026-11-21T12:00:00.000Z). Resolution note: ",
    "Error: 14 UNAVAILABLE: No connection established. Last error: read ECONNRESET. Resolution note: ",
    'rpc error: code = Unavailable desc = connection error: desc = "error reading server preface: EOF"',
    'details = "failed to connect to all addresses; last error: UNAVAILABLE: ipv4:10.0.3.4:50051: Socket closed"',
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Network closed for unknown reason",
    "rpc error: code = Unavailable desc = connection closed",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: io exception",
    "ConnectError: [canceled] http/2 stream closed with error code CANCEL (0x8)",
  ],
  "connect/http1-peer": [
    "Error: 14 UNAVAILABLE: No connection established. Last error: Protocol error. Resolution note: ",
    "io.grpc.StatusRuntimeException: INTERNAL: http2 exception",
    "Caused by: io.netty.handler.codec.http2.Http2Exception: First received frame was not SETTINGS. Hex dump for first 5 bytes: 485454502f",
    'details = "failed to connect to all addresses; last error: UNAVAILABLE: ipv4:10.0.3.4:80: Failed parsing HTTP/2 (Expected SETTINGS frame as the first frame, got frame type 80) (Trying to connect an http1.x server (HTTP status 400))"',
    "2026/11/21 12:00:00 [error] 7#7: *1 upstream sent too large http2 frame: 4740180 while reading response header from upstream",
    "ConnectError: [internal] Protocol error",
    'rpc error: code = Unavailable desc = connection error: desc = "error reading server preface: http2: failed reading the frame payload: http2: frame too large, note that the frame header looked like an HTTP/1.1 header"',
  ],
  "connect/settings-hang": [
    "Error: 4 DEADLINE_EXCEEDED: Deadline exceeded after 0.804s,name resolution: 0.002s,metadata filters: 0.000s,Waiting for LB pick",
    "io.grpc.StatusRuntimeException: DEADLINE_EXCEEDED: deadline exceeded after 0.799s. [buffered_nanos=800000000, waiting_for_connection]",
    'rpc error: code = DeadlineExceeded desc = latest balancer error: connection error: desc = "transport: Error while dialing dial tcp 10.0.3.4:443: i/o timeout"',
    "System.Net.Http.HttpRequestException: An HTTP/2 connection could not be established because the server did not complete the HTTP/2 handshake. (InvalidResponse)",
  ],
  "http2/max-concurrent-streams-stall": [
    "rpc error: code = DeadlineExceeded desc = context deadline exceeded",
    'details = "Deadline Exceeded"',
    "io.grpc.StatusRuntimeException: DEADLINE_EXCEEDED: deadline exceeded after 0.799s. [remote_addr=10.0.3.4:443, open=[[buffered_nanos=800000000, remote_addr=10.0.3.4:443]]]",
    "ConnectError: [deadline_exceeded] the operation timed out",
    "Error: 4 DEADLINE_EXCEEDED: Deadline exceeded after 0.804s,name resolution: 0.002s,metadata filters: 0.000s,time to current attempt start: 0.010s,LB pick: 0.001s,remote_addr=10.0.3.4:50051",
  ],
  "connect/refused-stream-reported-internal": [
    "ConnectError: [internal] Stream closed with error code NGHTTP2_REFUSED_STREAM",
  ],
  "connect/connection-drop-mislabelled": [
    "ConnectError: [canceled] http/2 stream closed with error code CANCEL (0x8)",
    "ConnectError: [aborted] read ECONNRESET",
  ],
  "connect/uncaught-after-session-abort": [
    "Error: PING timed out\n    at Http2SessionManager (node_modules/@connectrpc/connect-node/dist/esm/http2-session-manager.js:1:1)",
    "Uncaught Error: PING timed out\n    at Http2SessionManager (node_modules/@connectrpc/connect-node/dist/esm/http2-session-manager.js:1:1)",
  ],
  "lb/alb-464": [
    "Error: 2 UNKNOWN: Received HTTP status code 464",
    'status = StatusCode.UNKNOWN, details = "Received http2 header with status: 464"',
    "io.grpc.StatusRuntimeException: UNKNOWN: HTTP status code 464",
  ],
  "nginx/upstream-failed-before-headers": [
    "Error: 14 UNAVAILABLE: Received HTTP status code 502",
    'details = "Received http2 header with status: 502"',
    '2026/11/21 12:00:00 [error] 7#7: *1 upstream rejected request with error 7 while reading response header from upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://10.0.3.4:50051"',
    '2026/11/21 12:00:00 [error] 7#7: *1 upstream sent goaway with error 0 while reading response header from upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://10.0.3.4:50051"',
    '2026/11/21 12:00:00 [error] 7#7: *1 upstream prematurely closed connection while reading response header from upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://10.0.3.4:50051"',
    "rpc error: code = Unknown desc = unexpected HTTP status code received from server: 204 (No Content)",
    '2026/11/21 12:00:00 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://10.0.3.4:50051"',
    '2026/11/21 12:00:00 [error] 7#7: *1 recv() failed (104: Connection reset by peer) while reading response header from upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://10.0.3.4:50051"',
    '2026/11/21 12:00:00 [error] 7#7: *1 no live upstreams while connecting to upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://orders"',
    "io.grpc.StatusRuntimeException: UNKNOWN: HTTP status code 204",
  ],
  "nginx/upstream-failed-after-headers": [
    "Error: 13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)",
    'details = "Stream removed (RST_STREAM (Received RST_STREAM with error code 2))"',
    '2026/11/21 12:00:00 [error] 7#7: *1 upstream prematurely closed connection while reading upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://10.0.3.4:50051"',
    '2026/11/21 12:00:00 [error] 7#7: *1 recv() failed (104: Connection reset by peer) while reading upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://10.0.3.4:50051"',
    '2026/11/21 12:00:00 [error] 7#7: *1 upstream sent frame for closed stream 1 while reading upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://10.0.3.4:50051"',
  ],
  "nginx/grpc-read-timeout": [
    '2026/11/21 12:00:00 [error] 7#7: *1 upstream timed out (110: Connection timed out) while reading response header from upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://10.0.3.4:50051"',
    "Error: 14 UNAVAILABLE: Received HTTP status code 504",
    '2026/11/21 12:00:00 [error] 7#7: *1 upstream timed out (110: Connection timed out) while reading upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0", upstream: "grpc://10.0.3.4:50051"',
    "Error: 13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)",
  ],
  "haproxy/timeouts-and-termination-states": [
    "Error: 14 UNAVAILABLE: Received HTTP status code 504",
    "Error: 13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
    'Nov 21 12:00:00 lb haproxy[14389]: 10.0.0.9:33317 [21/Nov/2026:12:00:00.655] fe_grpc be_grpc/s1 0/0/1/-1/30001 504 198 - - sH-- 1/1/0/0/0 0/0 "POST https://10.0.3.4/shop.Shop/GetOrder HTTP/2.0"',
    'Nov 21 12:00:00 lb haproxy[14389]: 10.0.0.9:33317 [21/Nov/2026:12:00:00.655] fe_grpc be_grpc/s1 0/0/-1/-1/4001 503 222 - - sC-- 1/1/0/0/3 0/0 "POST https://10.0.3.4/shop.Shop/GetOrder HTTP/2.0"',
    'Nov 21 12:00:00 lb haproxy[14389]: 10.0.0.9:33317 [21/Nov/2026:12:00:00.655] fe_grpc be_grpc/s1 0/0/-1/-1/3 503 222 - - SC-- 1/1/0/0/3 0/0 "POST https://10.0.3.4/shop.Shop/GetOrder HTTP/2.0"',
    'Nov 21 12:00:00 lb haproxy[14389]: 10.0.0.9:33317 [21/Nov/2026:12:00:00.655] fe_grpc be_grpc/s1 0/0/1/3/52 200 160 - - SD-- 1/1/0/0/0 0/0 "POST https://10.0.3.4/shop.Shop/GetOrder HTTP/2.0"',
    'Nov 21 12:00:00 lb haproxy[14389]: 10.0.0.9:33317 [21/Nov/2026:12:00:00.655] fe_grpc be_grpc/s1 0/0/1/3/30052 200 160 - - sD-- 1/1/0/0/0 0/0 "POST https://10.0.3.4/shop.Shop/GetOrder HTTP/2.0"',
    'Nov 21 12:00:00 lb haproxy[14389]: 10.0.0.9:33317 [21/Nov/2026:12:00:00.655] fe_grpc be_grpc/s1 0/0/1/3/52 200 160 - - CD-- 1/1/0/0/0 0/0 "POST https://10.0.3.4/shop.Shop/GetOrder HTTP/2.0"',
    'Nov 21 12:00:00 lb haproxy[14389]: 10.0.0.9:33317 [21/Nov/2026:12:00:00.655] fe_grpc be_grpc/s1 0/0/1/3/30052 200 160 - - cD-- 1/1/0/0/0 0/0 "POST https://10.0.3.4/shop.Shop/GetOrder HTTP/2.0"',
  ],
  "proxy/html-instead-of-grpc": [
    "Error: 8 RESOURCE_EXHAUSTED: Received message larger than max (1752460652 vs 4194304)",
    'details = "Stream removed (Data frame with END_STREAM flag received)"',
    "ConnectError: [unknown] unsupported content type text/html",
    'rpc error: code = Unknown desc = unexpected HTTP status code received from server: 200 (OK); transport: received unexpected content-type "text/html"',
    "io.grpc.StatusRuntimeException: UNKNOWN: HTTP status code 200\ninvalid content-type: text/html\nheaders: Metadata(:status=200,content-type=text/html)",
  ],
  "config/service-config-key-case": [
    "Error: Invalid method config retry policy: maxAttempts must be an integer at least 2",
    'details = "errors validating service config: [field:methodConfig[0].retryPolicy.backoffMultiplier error:field not present]"',
    "grpc: the provided default service config is invalid: invalid character",
    '<_InactiveRpcError of RPC that terminated with:\n\tstatus = StatusCode.INVALID_ARGUMENT\n\tdetails = "errors validating service config: [field:methodConfig[0].retryPolicy.backoffMultiplier error:field not present]"\n>',
  ],
  "httpclient/goaway": [
    'SocketError: HTTP/2: "GOAWAY" frame received with code 0',
    'http2: server sent GOAWAY and closed the connection; LastStreamID=1999, ErrCode=NO_ERROR, debug=""',
  ],
  "http2/stream-ids-exhausted": [
    "Error [ERR_HTTP2_OUT_OF_STREAMS]: No stream ID is available because maximum stream ID has been reached",
  ],
  "server/graceful-stop-hangs-on-streams": [
    "Error: 14 UNAVAILABLE: Connection dropped",
    'details = "Stream removed (Socket closed)"',
    "rpc error: code = Unavailable desc = error reading from server: EOF",
  ],
  "keepalive/disabled-half-open": [
    'details = "Deadline Exceeded"',
    "rpc error: code = DeadlineExceeded desc = context deadline exceeded",
    "Error: 14 UNAVAILABLE: read ECONNRESET",
    "Error: 14 UNAVAILABLE: read ETIMEDOUT",
  ],
  "client/cancel-or-deadline-seen-by-server": [
    "rpc error: code = Canceled desc = context canceled",
    "io.grpc.StatusRuntimeException: CANCELLED: RST_STREAM received for code 8",
    '2026/11/21 12:00:00 [info] 7#7: *1 client canceled stream 1 while reading response header from upstream, client: 10.0.0.9, server: , request: "POST /shop.Shop/GetOrder HTTP/2.0"',
    "2026/11/21 12:00:00 [info] 7#7: *1 client terminated stream 5 with status 8 while processing HTTP/2 connection, client: 10.0.0.9",
  ],
  "h2/reset-limiter-goaway": [
    'details = "Stream removed (Socket closed (GOAWAY received; Error code: 11; Debug Text: too_many_resets))"',
    "Error: 8 RESOURCE_EXHAUSTED: Bandwidth exhausted or memory limit exceeded",
  ],
  "proxy/flood-limiter": [
    "2026/11/21 12:00:00 [info] 7#7: *1 http2 flood detected while processing HTTP/2 connection, client: 10.0.0.9, server: 0.0.0.0:8443",
  ],
  "tls/alpn-missing": [
    'rpc error: code = Unavailable desc = connection error: desc = "transport: authentication handshake failed: credentials: cannot check peer: missing selected ALPN property"',
    "io.grpc.StatusRuntimeException: UNAVAILABLE: ssl exception",
  ],
  "connect/promise-never-settles": ["ConnectError: [deadline_exceeded] the operation timed out"],
  "client/channel-closed-locally": [
    "rpc error: code = Canceled desc = grpc: the client connection is closing",
    "Error: Channel has been shut down",
    "Error: 14 UNAVAILABLE: Channel closed before call started",
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Channel shutdownNow invoked",
  ],
  "lb/alb-idle-60s": [
    "Error: 13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)",
    "Error: 14 UNAVAILABLE: read ECONNRESET",
  ],
  "lb/nlb-idle-350s": ["Error: 14 UNAVAILABLE: read ECONNRESET"],
  "lb/ipvs-idle-900s": ["Error: 14 UNAVAILABLE: read ECONNRESET"],
  "lb/gfe-goaway-and-timeouts": [
    "io.grpc.StatusRuntimeException: UNAVAILABLE: Connection closed after GOAWAY. HTTP/2 error code: NO_ERROR, debug data: session_timed_out",
  ],
  "envoy/upstream-connection-termination": [
    "Error: 14 UNAVAILABLE: upstream connect error or disconnect/reset before headers. reset reason: connection termination",
  ],
  "envoy/remote-reset": [
    "Error: 14 UNAVAILABLE: upstream connect error or disconnect/reset before headers. reset reason: remote reset",
  ],
  "envoy/no-usable-upstream": ["Error: 14 UNAVAILABLE: no healthy upstream"],
  "envoy/route-timeout": ["Error: 14 UNAVAILABLE: upstream request timeout"],
  "envoy/stream-idle-timeout": ["Error: 13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)"],
  "nginx/graceful-goaway": ["Error: 14 UNAVAILABLE: Stream refused by server"],
  "haproxy/soft-stop-goaway": ["Error: 14 UNAVAILABLE: Stream refused by server"],
  "linkerd/fail-fast": ["rpc error: code = DeadlineExceeded desc = service in fail-fast"],
  "traefik/read-timeout-60s": ["Request has been aborted [10.0.0.9:4711 - /shop.Shop/Watch]: net/http: abort Handler"],
  "retry/committed-stream": ["Error: 14 UNAVAILABLE: Connection dropped", 'details = "Stream removed (Socket closed)"'],
};

/** What the article and three public records quote; some of it no program prints. */
const quoted: Readonly<Record<string, readonly string[]>> = {
  "grpc/connection-close-during-stream": [
    "UNAVAILABLE: grpc: connection closed during stream: GOAWAY received from peer",
  ],
};

/** Words that people paste and search alone. */
const pasted: Readonly<Record<string, readonly string[]>> = {
  "tcp/fin-inflight": ["transport is closing", "EOF"],
  "tcp/reset-inflight": ["connection reset by peer", "read ECONNRESET"],
  "http2/rst-internal-error": ["stream terminated by RST_STREAM"],
};

const cases = [observed, quoted].flatMap((texts) =>
  Object.entries(texts).flatMap(([id, lines]) => lines.map((line) => [id, line] as const)),
);

describe("texts with a known cause", () => {
  it.each(cases)("%s is in the answer to: %s", (id, line) => {
    expect(explain(line).findings[0]?.tied ?? []).toContain(id);
  });
});

describe("words that are pasted alone", () => {
  it.each(Object.entries(pasted).flatMap(([id, words]) => words.map((text) => [id, text] as const)))(
    "%s comes first for: %s",
    (id, text) => {
      expect(explain(text).findings[0]?.id).toBe(id);
    },
  );
});

/**
 * One event on the wire, and what each client prints for it: the answer must hold the entry of the event, whatever the
 * client makes of it. Seen with a server that misbehaves on order: grpc-js 1.14.7, grpcio 1.84.0, grpc-java 1.41.3,
 * grpc-go 1.33.3, connect-node 2.1.2; `nginx` (1.22.1) and `haproxy` (2.6.12) are what grpc-js prints when the event is
 * between the proxy and the server, where the proxy's own entry is the answer. A client that is not in a row succeeded,
 * never ended, or was killed.
 */

import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

type Printer = "grpc-js" | "grpcio" | "grpc-java" | "grpc-go" | "connect-node" | "nginx" | "haproxy";

interface Row {
  readonly event: string;
  readonly entry: string;
  /** The message of the status; a pair where another entry than the row's is meant. */
  readonly prints: Readonly<Partial<Record<Printer, string | readonly [text: string, entry: string]>>>;
}

const refusedByNginx = [
  "14 UNAVAILABLE: Received HTTP status code 502",
  "nginx/upstream-failed-before-headers",
] as const;
const timedOutInNginx = ["14 UNAVAILABLE: Received HTTP status code 504", "nginx/grpc-read-timeout"] as const;
const lyingHaproxy = ["14 UNAVAILABLE: Stream refused by server", "haproxy/refused-stream-after-forwarding"] as const;
const endedByHaproxy = [
  "13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
  "haproxy/timeouts-and-termination-states",
] as const;
const viaProxy = { nginx: refusedByNginx, haproxy: lyingHaproxy };

/** RST_STREAM with a code that every client but `exceptions` takes for an internal error. */
function resetRow(code: number, name: string, entry: string, exceptions: Row["prints"] = {}): Row {
  return {
    event: `RST_STREAM ${code}`,
    entry,
    prints: {
      "grpc-js": `13 INTERNAL: Received RST_STREAM with code ${code}`,
      grpcio: `INTERNAL: Stream removed (RST_STREAM (Received RST_STREAM with error code ${code}))`,
      "grpc-java": `INTERNAL: RST_STREAM closed stream. HTTP/2 error code: ${name}`,
      "grpc-go": `Internal: stream terminated by RST_STREAM with error code: ${name}`,
      "connect-node": `[internal] Stream closed with error code NGHTTP2_${name}`,
      ...viaProxy,
      ...exceptions,
    },
  };
}

const table: readonly Row[] = [
  {
    event: "GOAWAY(0, last 0), once",
    entry: "grpc/goaway-unprocessed-stream",
    prints: {
      "connect-node": "[internal] Stream closed with error code NGHTTP2_REFUSED_STREAM",
      nginx: refusedByNginx,
    },
  },
  {
    event: "GOAWAY(0, last 0), always",
    entry: "grpc/goaway-unprocessed-stream",
    prints: {
      "grpc-js": "14 UNAVAILABLE: Stream refused by server",
      grpcio: "UNAVAILABLE: Stream removed (GOAWAY received; Error code: 0; Debug Text: draining)",
      "grpc-java": "UNAVAILABLE: Abrupt GOAWAY closed sent stream. HTTP/2 error code: NO_ERROR, debug data: draining",
      "grpc-go": "Unavailable: the connection is draining",
      "connect-node": "[internal] Stream closed with error code NGHTTP2_REFUSED_STREAM",
      ...viaProxy,
    },
  },
  {
    event: "GOAWAY(0, last = id), answer after the next keepalive",
    entry: "grpcjs/keepalive-kills-draining-call",
    prints: { "grpc-js": "14 UNAVAILABLE: Connection dropped" },
  },
  {
    event: "GOAWAY(0, max), FIN",
    entry: "grpc/goaway-then-connection-closed",
    prints: {
      "grpc-js": "14 UNAVAILABLE: Connection dropped",
      grpcio: "UNAVAILABLE: Stream removed (Socket closed (GOAWAY received; Error code: 0; Debug Text: max_age))",
      "grpc-java": "UNAVAILABLE: Connection closed after GOAWAY. HTTP/2 error code: NO_ERROR, debug data: max_age",
      "grpc-go": "Unavailable: transport is closing",
      "connect-node": [
        "[canceled] http/2 stream closed with error code CANCEL (0x8)",
        "connect/connection-drop-mislabelled",
      ],
      ...viaProxy,
    },
  },
  {
    event: "GOAWAY(0, max), RST",
    entry: "grpc/goaway-then-connection-closed",
    prints: {
      "grpc-js": [
        "13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
        "grpcjs/goaway-then-tcp-reset-internal-0",
      ],
      grpcio:
        "UNAVAILABLE: Stream removed (recvmsg:Connection reset by peer (104) (GOAWAY received; Error code: 0; Debug Text: max_age))",
      "grpc-java": "UNAVAILABLE: Connection closed after GOAWAY. HTTP/2 error code: NO_ERROR, debug data: max_age",
      "grpc-go": "Unavailable: transport is closing",
      ...viaProxy,
    },
  },
  {
    event: "GOAWAY(11, too_many_pings)",
    entry: "http2/enhance-your-calm-too-many-pings",
    prints: {
      "grpc-js": "8 RESOURCE_EXHAUSTED: Bandwidth exhausted or memory limit exceeded",
      grpcio:
        "UNAVAILABLE: Stream removed (Socket closed (GOAWAY received; Error code: 11; Debug Text: too_many_pings))",
      "grpc-java":
        "RESOURCE_EXHAUSTED: Connection closed after GOAWAY. HTTP/2 error code: ENHANCE_YOUR_CALM (Bandwidth exhausted), debug data: too_many_pings",
      "grpc-go": "Unavailable: transport is closing",
      "connect-node": "[internal] Session closed with error code 11",
      ...viaProxy,
    },
  },
  ...[1, 2].map((code): Row => ({
    event: `GOAWAY(${code}), last = id`,
    entry: "http2/goaway-error-code",
    prints: {
      "grpc-js":
        code === 1
          ? "13 INTERNAL: Received RST_STREAM with code 1"
          : "13 INTERNAL: Received RST_STREAM with code 2 triggered by internal client error: Session closed with error code 2",
      grpcio: `UNAVAILABLE: Stream removed (Socket closed (GOAWAY received; Error code: ${code}; Debug Text: bad frame))`,
      "grpc-java": `INTERNAL: Connection closed after GOAWAY. HTTP/2 error code: ${code === 1 ? "PROTOCOL_ERROR" : "INTERNAL_ERROR"}, debug data: bad frame`,
      "grpc-go": "Unavailable: transport is closing",
      "connect-node": `[internal] Session closed with error code ${code}`,
      ...viaProxy,
    },
  })),
  {
    event: "GOAWAY(13)",
    entry: "http2/goaway-http11-required",
    prints: {
      "grpc-js": "13 INTERNAL: Received RST_STREAM with code 13",
      "grpc-java": "UNKNOWN: Abrupt GOAWAY closed sent stream. HTTP/2 error code: HTTP_1_1_REQUIRED",
      "grpc-go": ["Unavailable: the connection is draining", "grpc/goaway-unprocessed-stream"],
      "connect-node": "[internal] Session closed with error code 13",
      ...viaProxy,
    },
  },
  {
    event: "FIN",
    entry: "tcp/fin-inflight",
    prints: {
      "grpc-js": "14 UNAVAILABLE: Connection dropped",
      grpcio: "UNAVAILABLE: Stream removed (Socket closed)",
      "grpc-java": "UNAVAILABLE: Network closed for unknown reason",
      "grpc-go": "Unavailable: transport is closing",
      "connect-node": "[canceled] http/2 stream closed with error code CANCEL (0x8)",
      ...viaProxy,
    },
  },
  ...(["[canceled] http/2 stream closed with error code CANCEL (0x8)", "[aborted] read ECONNRESET"] as const).map(
    (connect): Row => ({
      event: "RST of TCP",
      entry: "tcp/reset-inflight",
      prints: {
        "grpc-js": "14 UNAVAILABLE: read ECONNRESET",
        grpcio: "UNAVAILABLE: Stream removed (recvmsg:Connection reset by peer (104))",
        "grpc-java": "UNAVAILABLE: io exception",
        "grpc-go": "Unavailable: transport is closing",
        "connect-node": connect,
        ...viaProxy,
      },
    }),
  ),
  resetRow(0, "NO_ERROR", "http2/rst-no-error-without-status", {
    "grpc-js": "13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
    "grpc-java": "UNAVAILABLE: RST_STREAM closed stream. HTTP/2 error code: NO_ERROR",
    // Nothing at all, until a deadline of the caller's.
    "connect-node": ["[deadline_exceeded] the operation timed out", "connect/promise-never-settles"],
  }),
  resetRow(1, "PROTOCOL_ERROR", "http2/rst-protocol-error"),
  resetRow(2, "INTERNAL_ERROR", "http2/rst-internal-error", {
    "grpc-js": "13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)",
  }),
  resetRow(3, "FLOW_CONTROL_ERROR", "http2/rst-protocol-error", {
    "grpc-go": "ResourceExhausted: stream terminated by RST_STREAM with error code: FLOW_CONTROL_ERROR",
  }),
  resetRow(4, "SETTINGS_TIMEOUT", "http2/rst-protocol-error"),
  resetRow(5, "STREAM_CLOSED", "http2/rst-protocol-error"),
  resetRow(6, "FRAME_SIZE_ERROR", "http2/rst-protocol-error"),
  resetRow(9, "COMPRESSION_ERROR", "http2/rst-protocol-error"),
  resetRow(10, "CONNECT_ERROR", "http2/rst-protocol-error"),
  resetRow(13, "HTTP_1_1_REQUIRED", "http2/rst-protocol-error", {
    "grpc-java": "UNKNOWN: RST_STREAM closed stream. HTTP/2 error code: HTTP_1_1_REQUIRED",
  }),
  resetRow(7, "REFUSED_STREAM", "http2/rst-refused-stream", {
    "grpc-js": "14 UNAVAILABLE: Stream refused by server",
    grpcio: "UNAVAILABLE: Stream removed (RST_STREAM (Received RST_STREAM with error code 7))",
    "grpc-java": "UNAVAILABLE: RST_STREAM closed stream. HTTP/2 error code: REFUSED_STREAM",
    "grpc-go": "Unavailable: stream terminated by RST_STREAM with error code: REFUSED_STREAM",
    "connect-node": "[internal] Stream closed with error code NGHTTP2_REFUSED_STREAM",
  }),
  resetRow(8, "CANCEL", "http2/rst-cancel-from-server", {
    "grpc-js": "1 CANCELLED: Call cancelled",
    grpcio: "CANCELLED: Stream removed (RST_STREAM (Received RST_STREAM with error code 8))",
    "grpc-java": "CANCELLED: RST_STREAM closed stream. HTTP/2 error code: CANCEL",
    "grpc-go": "Canceled: stream terminated by RST_STREAM with error code: CANCEL",
    "connect-node": "[canceled] http/2 stream closed with error code CANCEL (0x8)",
  }),
  resetRow(11, "ENHANCE_YOUR_CALM", "http2/rst-enhance-your-calm", {
    "grpc-js": "8 RESOURCE_EXHAUSTED: Bandwidth exhausted or memory limit exceeded",
    grpcio: "RESOURCE_EXHAUSTED: Stream removed (RST_STREAM (Received RST_STREAM with error code 11))",
    "grpc-java":
      "RESOURCE_EXHAUSTED: RST_STREAM closed stream. HTTP/2 error code: ENHANCE_YOUR_CALM (Bandwidth exhausted)",
    "grpc-go": "ResourceExhausted: stream terminated by RST_STREAM with error code: ENHANCE_YOUR_CALM",
  }),
  resetRow(12, "INADEQUATE_SECURITY", "http2/rst-protocol-error", {
    "grpc-js": "7 PERMISSION_DENIED: Protocol not secure enough",
    grpcio: "PERMISSION_DENIED: Stream removed (RST_STREAM (Received RST_STREAM with error code 12))",
    "grpc-java":
      "PERMISSION_DENIED: RST_STREAM closed stream. HTTP/2 error code: INADEQUATE_SECURITY (Permission denied as protocol is not secure enough to call)",
    "grpc-go": "PermissionDenied: stream terminated by RST_STREAM with error code: INADEQUATE_SECURITY",
  }),
  {
    event: "headers, FIN",
    entry: "tcp/fin-inflight",
    prints: {
      "grpc-js": "14 UNAVAILABLE: Connection dropped",
      grpcio: "UNAVAILABLE: Stream removed (Socket closed)",
      "grpc-java": "UNAVAILABLE: Network closed for unknown reason",
      "grpc-go": "Unavailable: transport is closing",
      "connect-node": "[canceled] http/2 stream closed with error code CANCEL (0x8)",
      nginx: [
        "13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)",
        "nginx/upstream-failed-after-headers",
      ],
      haproxy: endedByHaproxy,
    },
  },
  {
    event: "headers, RST of TCP",
    entry: "tcp/reset-inflight",
    prints: {
      "grpc-js": "14 UNAVAILABLE: read ECONNRESET",
      grpcio: "UNAVAILABLE: Stream removed (recvmsg:Connection reset by peer (104))",
      "grpc-java": "UNAVAILABLE: io exception",
      "grpc-go": "Unavailable: transport is closing",
      "connect-node": "[aborted] read ECONNRESET",
    },
  },
  {
    event: "headers, message, END_STREAM, no trailers",
    entry: "http2/missing-trailers",
    prints: {
      "grpc-js": "13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
      grpcio: "UNKNOWN: Stream removed (Data frame with END_STREAM flag received)",
      "grpc-java": "INTERNAL: Received unexpected EOS on empty DATA frame from server",
      "grpc-go": "Internal: server closed the stream without sending trailers",
      "connect-node": "[internal] protocol error: missing status",
      nginx: "13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
      haproxy: "13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)",
    },
  },
  {
    event: "HTTP 503 and HTML",
    entry: "proxy/html-instead-of-grpc",
    prints: {
      "grpc-js": "14 UNAVAILABLE: Received HTTP status code 503",
      grpcio: "UNAVAILABLE: Received http2 header with status: 503",
      "grpc-java":
        "UNAVAILABLE: HTTP status code 503\ninvalid content-type: text/html\nheaders: Metadata(:status=503,content-type=text/html)",
      "grpc-go":
        'Unavailable: Service Unavailable: HTTP status code 503; transport: received the unexpected content-type "text/html"',
      "connect-node": "[unavailable] HTTP 503",
    },
  },
  {
    event: "HTTP 200 and HTML",
    entry: "proxy/html-instead-of-grpc",
    prints: {
      "grpc-js": "8 RESOURCE_EXHAUSTED: Received message larger than max (1752460652 vs 4194304)",
      grpcio: "UNKNOWN: Stream removed (Data frame with END_STREAM flag received)",
      "grpc-java":
        "UNKNOWN: HTTP status code 200\ninvalid content-type: text/html\nheaders: Metadata(:status=200,content-type=text/html)",
      "grpc-go": 'Unknown: OK: HTTP status code 200; transport: received the unexpected content-type "text/html"',
      "connect-node": "[unknown] unsupported content type text/html",
    },
  },
  {
    event: "TCP accepted, no SETTINGS",
    entry: "connect/settings-hang",
    prints: {
      "grpc-js":
        "4 DEADLINE_EXCEEDED: Deadline exceeded after 0.804s,name resolution: 0.002s,metadata filters: 0.000s,Waiting for LB pick",
      grpcio: "DEADLINE_EXCEEDED: Deadline Exceeded",
      "grpc-java":
        "DEADLINE_EXCEEDED: deadline exceeded after 0.799s. [buffered_nanos=800000000, waiting_for_connection]",
      "grpc-go": "DeadlineExceeded: context deadline exceeded",
      "connect-node": "[deadline_exceeded] the operation timed out",
      nginx: timedOutInNginx,
      haproxy: lyingHaproxy,
    },
  },
  {
    event: "HTTP/1.1 peer",
    entry: "connect/http1-peer",
    prints: {
      "grpc-js": "14 UNAVAILABLE: No connection established. Last error: Protocol error. Resolution note: ",
      grpcio:
        "UNAVAILABLE: failed to connect to all addresses; last error: UNAVAILABLE: ipv4:10.0.3.4:80: Failed parsing HTTP/2 (Expected SETTINGS frame as the first frame, got frame type 80) (Trying to connect an http1.x server (HTTP status 400))",
      "grpc-java": "INTERNAL: http2 exception",
      "grpc-go": "Unavailable: connection closed",
      "connect-node": "[internal] Protocol error",
      nginx: refusedByNginx,
      haproxy: ["14 UNAVAILABLE: Received HTTP status code 503", "proxy/http-error-instead-of-grpc"],
    },
  },
  {
    event: "MAX_CONCURRENT_STREAMS 0",
    entry: "http2/max-concurrent-streams-stall",
    prints: {
      "grpc-js":
        "4 DEADLINE_EXCEEDED: Deadline exceeded after 0.804s,name resolution: 0.002s,metadata filters: 0.000s,time to current attempt start: 0.010s,LB pick: 0.001s,remote_addr=10.0.3.4:50051",
      grpcio: "DEADLINE_EXCEEDED: Deadline Exceeded",
      "grpc-java":
        "DEADLINE_EXCEEDED: deadline exceeded after 0.799s. [remote_addr=10.0.3.4:443, open=[[buffered_nanos=800000000, remote_addr=10.0.3.4:443]]]",
      "grpc-go": "DeadlineExceeded: context deadline exceeded",
      "connect-node": "[deadline_exceeded] the operation timed out",
    },
  },
  {
    event: "no answer, no PING ACK",
    entry: "keepalive/ping-timeout-dead-peer",
    prints: {
      "grpc-js": "14 UNAVAILABLE: Connection dropped",
      grpcio: ["DEADLINE_EXCEEDED: Deadline Exceeded", "keepalive/disabled-half-open"],
      "connect-node": "[unavailable] PING timed out",
      nginx: timedOutInNginx,
      haproxy: ["14 UNAVAILABLE: Received HTTP status code 504", "haproxy/timeouts-and-termination-states"],
    },
  },
];

/** The text in the two ways in which most programs show it: a line of a log, and the error that nobody caught. */
function asPrinted(printer: Printer, text: string): readonly string[] {
  switch (printer) {
    case "grpcio": {
      const [code = "", details = ""] = split(text);
      const object = `<_InactiveRpcError of RPC that terminated with:\n\tstatus = StatusCode.${code}\n\tdetails = "${details}"\n>`;
      return [`order failed: ${text}`, object];
    }
    case "grpc-java":
      return [
        `io.grpc.StatusRuntimeException: ${text}`,
        `Exception in thread "main" io.grpc.StatusRuntimeException: ${text}\n\tat io.grpc.stub.ClientCalls.blockingUnaryCall(ClientCalls.java:156)`,
      ];
    case "grpc-go": {
      const [code = "", details = ""] = split(text);
      const error = `rpc error: code = ${code} desc = ${details}`;
      return [error, `2026/11/21 14:00:00 could not get order: ${error}`];
    }
    case "connect-node":
      return [
        `ConnectError: ${text}`,
        `ConnectError: ${text}\n    at connectErrorFromNodeReason (node_modules/@connectrpc/connect-node/dist/esm/node-error.js:1:1)`,
      ];
    case "grpc-js":
    case "nginx":
    case "haproxy":
      return [
        `Error: ${text}`,
        `Error: ${text}\n    at callErrorFromStatus (node_modules/@grpc/grpc-js/build/src/call.js:32:19)`,
      ];
  }
}

/** The status and what follows the first colon. */
function split(text: string): readonly string[] {
  const at = text.indexOf(": ");
  return [text.slice(0, at), text.slice(at + 2)];
}

const cases = table.flatMap(({ event, entry, prints }) =>
  Object.entries(prints).flatMap(([printer, printed]) => {
    const [text, id] = typeof printed === "string" ? [printed, entry] : printed;
    return asPrinted(printer as Printer, text).map((line) => [event, printer, line, id] as const);
  }),
);

describe("what each client prints for one event on the wire", () => {
  it.each(cases)("%s, %s: %s", (_event, _printer, line, id) => {
    expect(explain(line).findings[0]?.tied ?? []).toContain(id);
  });
});

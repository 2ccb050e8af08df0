/** Owns the events on one stream: resets, endings without a status, statuses, pages in place of answers. */

import { dataFrame, headersFrame, rstStreamFrame } from "../peer/frame.ts";
import type { PeerScript } from "../peer/peer-script.ts";
import { eachCall } from "./each-call.ts";
import type { WireEvent } from "./wire-event.ts";

const grpcAnswer = { ":status": "200", "content-type": "application/grpc" };
const emptyMessage = Buffer.alloc(5);
/** Enough for headers to be read by themselves. */
const apartMs = 40;

const labelOfReset = new Map([
  [0, "http2/rst-no-error-without-status"],
  [2, "http2/rst-internal-error"],
  [7, "http2/rst-refused-stream"],
  [8, "http2/rst-cancel-from-server"],
  [11, "http2/rst-enhance-your-calm"],
]);

function resets(): WireEvent[] {
  const codes = [...Array.from({ length: 14 }, (_, code) => code), 99]; // 99 is a code that no list has
  return codes.flatMap((code) => {
    const label = labelOfReset.get(code) ?? "http2/rst-protocol-error";
    const cause = code === 13 ? { label, also: ["http2/goaway-http11-required"] } : { label };
    const by =
      code === 0
        ? { "connect-node": { label: "connect/promise-never-settles", also: [label, "client/deadline-exceeded"] } }
        : code === 7
          ? { "connect-node": { label, also: ["connect/refused-stream-reported-internal"] } }
          : {};
    const before: WireEvent = {
      id: `rst-stream-${code}`,
      ...cause,
      script: eachCall((peer, call) => peer.write(rstStreamFrame(call.streamId, code))),
      by,
    };
    const after: WireEvent = {
      id: `headers-rst-stream-${code}`,
      ...cause,
      order: { call: "server-stream" },
      script: eachCall(async (peer, call) => {
        peer.answerHeaders(call);
        await peer.pause(apartMs);
        peer.write(rstStreamFrame(call.streamId, code));
      }),
      by,
    };
    return [before, after];
  });
}

function page(status: number, contentType: string, body: string): PeerScript {
  return eachCall((peer, call) =>
    peer.write(
      headersFrame(call.streamId, { ":status": String(status), "content-type": contentType }, false),
      dataFrame(call.streamId, Buffer.from(body), true),
    ),
  );
}

const html = (status: number): string =>
  `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n</body>\r\n</html>\r\n`;

const statuses: readonly (readonly [number, string])[] = [
  [3, "order id must be positive"],
  [5, "order 4711 does not exist"],
  [6, "user already exists"],
  [7, "caller may not read this account"],
  [8, "quota of project exceeded"],
  [9, "cart is locked"],
  [10, "transaction was aborted by a concurrent one"],
  [11, "page is out of range"],
  [15, "checksum of block 7 is wrong"],
  [16, "token has expired"],
];

const missing = { label: "http2/missing-trailers" };
const badAnswer = { label: "grpc/bad-response-framing" };

export const streamEvents: readonly WireEvent[] = [
  ...resets(),
  {
    id: "message-then-end",
    ...missing,
    script: eachCall((peer, call) =>
      peer.write(headersFrame(call.streamId, grpcAnswer, false), dataFrame(call.streamId, emptyMessage, true)),
    ),
  },
  {
    id: "empty-data-end",
    ...missing,
    script: eachCall((peer, call) =>
      peer.write(headersFrame(call.streamId, grpcAnswer, false), dataFrame(call.streamId, Buffer.alloc(0), true)),
    ),
  },
  {
    id: "headers-end",
    ...missing,
    script: eachCall((peer, call) => peer.write(headersFrame(call.streamId, grpcAnswer, true))),
  },
  {
    id: "trailers-without-status",
    ...missing,
    script: eachCall((peer, call) =>
      peer.write(
        headersFrame(call.streamId, grpcAnswer, false),
        dataFrame(call.streamId, emptyMessage, false),
        headersFrame(call.streamId, { "x-request-id": "17" }, true),
      ),
    ),
  },
  ...statuses.map(([code, message]): WireEvent => ({
    id: `status-${code}`,
    label: "grpc/status-from-server",
    script: eachCall((peer, call) =>
      peer.write(
        headersFrame(call.streamId, { ...grpcAnswer, "grpc-status": String(code), "grpc-message": message }, true),
      ),
    ),
  })),
  {
    id: "html-200",
    label: "proxy/html-instead-of-grpc",
    script: page(200, "text/html", html(200)),
  },
  {
    id: "doctype-200",
    label: "proxy/html-instead-of-grpc",
    script: page(
      200,
      "text/html; charset=utf-8",
      `<!DOCTYPE html><html lang="en"><head><title>Sign in</title></head></html>`,
    ),
  },
  ...[302, 400, 401, 403, 404, 429, 500, 502, 503, 504].map((status): WireEvent => ({
    id: `html-${status}`,
    label: "proxy/http-error-instead-of-grpc",
    also: ["proxy/html-instead-of-grpc"],
    script: page(status, "text/html", html(status)),
  })),
  { id: "http-464", label: "lb/alb-464", script: page(464, "text/plain", "") },
  {
    id: "json-200",
    label: "proxy/http-error-instead-of-grpc",
    also: ["proxy/html-instead-of-grpc", "grpc/bad-response-framing"],
    script: page(200, "application/json", `{"error":"unauthorized"}`),
  },
  {
    id: "compressed-flag-without-encoding",
    ...badAnswer,
    also: ["server/unsupported-encoding"],
    script: eachCall((peer, call) =>
      peer.write(
        headersFrame(call.streamId, grpcAnswer, false),
        dataFrame(call.streamId, Buffer.from([1, 0, 0, 0, 2, 9, 9]), false),
        headersFrame(call.streamId, { "grpc-status": "0" }, true),
      ),
    ),
  },
  {
    id: "unknown-encoding",
    label: "server/unsupported-encoding",
    script: eachCall((peer, call) =>
      peer.write(
        headersFrame(call.streamId, { ...grpcAnswer, "grpc-encoding": "zstd" }, false),
        dataFrame(call.streamId, Buffer.from([1, 0, 0, 0, 2, 9, 9]), false),
        headersFrame(call.streamId, { "grpc-status": "0" }, true),
      ),
    ),
  },
  {
    id: "message-cut-short",
    ...badAnswer,
    script: eachCall((peer, call) =>
      peer.write(
        headersFrame(call.streamId, grpcAnswer, false),
        dataFrame(call.streamId, Buffer.from([0, 0, 0, 0, 9, 1, 2]), false),
        headersFrame(call.streamId, { "grpc-status": "0" }, true),
      ),
    ),
  },
  {
    id: "status-ok-without-message",
    ...badAnswer,
    script: eachCall((peer, call) =>
      peer.write(
        headersFrame(call.streamId, grpcAnswer, false),
        headersFrame(call.streamId, { "grpc-status": "0" }, true),
      ),
    ),
  },
  {
    id: "message-larger-than-limit",
    label: "grpc/message-too-large",
    order: { maxReceiveBytes: 1_000 }, // below the 5,000 bytes that come
    script: eachCall((peer, call) => {
      const message = Buffer.alloc(5_005);
      message.writeUInt32BE(5_000, 1);
      peer.write(headersFrame(call.streamId, grpcAnswer, false), dataFrame(call.streamId, message, false));
    }),
  },
];

/** A program: one request with node:http2 itself, as code that has no gRPC library makes it. */

import http2 from "node:http2";
import { defaultDeadlineMs, defaultMethod, frameMessage, record } from "./program.ts";
import type { ProgramOrder, Recorded } from "./program.ts";

await record(open);

function open(order: ProgramOrder): Recorded {
  const scheme = (order.tls ?? "plain") === "plain" ? "http" : "https";
  const ca = order.tls === "trust" && order.caPem !== undefined ? { ca: order.caPem } : {};
  const session = http2.connect(`${scheme}://${order.target}`, ca);
  const failed = new Promise<never>((_, reject) => void session.on("error", reject));
  failed.catch(() => {});
  const request = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const path = order.method ?? defaultMethod;
      const headers = { ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" };
      const stream = session.request(headers, { signal });
      stream.setTimeout(order.deadlineMs ?? defaultDeadlineMs, () => stream.close(http2.constants.NGHTTP2_CANCEL));
      stream.on("error", reject).on("end", resolve).resume();
      stream.end(frameMessage(order.requestBytes ?? 4));
    });
  return { call: (signal) => Promise.race([request(signal), failed]), close: () => session.close() };
}

/** A program: one request with undici over HTTP/2. */

import { Client, H2CClient } from "undici";
import { defaultDeadlineMs, defaultMethod, frameMessage, record } from "./program.ts";
import type { ProgramOrder, Recorded } from "./program.ts";

await record(open);

function open(order: ProgramOrder): Recorded {
  const client =
    (order.tls ?? "plain") === "plain"
      ? new H2CClient(`http://${order.target}`)
      : new Client(`https://${order.target}`, {
          allowH2: true,
          ...(order.tls === "trust" && order.caPem !== undefined && { connect: { ca: order.caPem } }),
        });
  return {
    call: async (signal) => {
      const answer = await client.request({
        method: "POST",
        path: order.method ?? defaultMethod,
        headers: { "content-type": "application/grpc", te: "trailers" },
        body: frameMessage(order.requestBytes ?? 4),
        signal: AbortSignal.any([signal, AbortSignal.timeout(order.deadlineMs ?? defaultDeadlineMs)]),
      });
      await answer.body.arrayBuffer();
    },
    close: () => void client.close(),
  };
}

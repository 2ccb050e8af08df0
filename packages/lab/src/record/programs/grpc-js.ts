/** A program: one call with @grpc/grpc-js. */

import * as grpc from "@grpc/grpc-js";
import type { ProgramOrder, Recorded } from "./program.ts";
import { defaultDeadlineMs, defaultMethod, record } from "./program.ts";

const same = (bytes: Buffer): Buffer => bytes;

await record(open);

function open(order: ProgramOrder): Recorded {
  const client = new grpc.Client(order.target, credentialsOf(order), {
    ...(order.keepaliveMs !== undefined && {
      "grpc.keepalive_time_ms": order.keepaliveMs,
      "grpc.keepalive_timeout_ms": order.keepaliveMs,
    }),
    ...(order.maxReceiveBytes !== undefined && { "grpc.max_receive_message_length": order.maxReceiveBytes }),
  });
  return { call: (signal) => callOnce(client, order, signal), close: () => client.close() };
}

function credentialsOf({ tls = "plain", caPem }: ProgramOrder): grpc.ChannelCredentials {
  if (tls === "plain") return grpc.credentials.createInsecure();
  return tls === "trust" && caPem !== undefined
    ? grpc.credentials.createSsl(Buffer.from(caPem))
    : grpc.credentials.createSsl();
}

function callOnce(client: grpc.Client, order: ProgramOrder, signal: AbortSignal): Promise<void> {
  const method = order.method ?? defaultMethod;
  const request = Buffer.alloc(order.requestBytes ?? 4);
  const options = { deadline: Date.now() + (order.deadlineMs ?? defaultDeadlineMs) };
  return new Promise((resolve, reject) => {
    if (order.call === "server-stream") {
      const stream = client.makeServerStreamRequest(method, same, same, request, options);
      stream.on("error", reject).on("end", resolve).resume();
      signal.addEventListener("abort", () => stream.cancel());
    } else {
      const call = client.makeUnaryRequest(method, same, same, request, options, (error) =>
        error === null ? resolve() : reject(error),
      );
      signal.addEventListener("abort", () => call.cancel());
    }
  });
}

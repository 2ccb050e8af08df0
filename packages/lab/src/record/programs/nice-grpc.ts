/** A program: one call with nice-grpc, which sits on @grpc/grpc-js. */

import { ChannelCredentials, createChannel, createClient } from "nice-grpc";
import type { ProgramOrder, Recorded } from "./program.ts";
import { defaultDeadlineMs, defaultMethod, record } from "./program.ts";

const bytes = (value: Uint8Array): Uint8Array => value;
const shared = {
  requestStream: false,
  requestSerialize: bytes,
  requestDeserialize: bytes,
  responseSerialize: bytes,
  responseDeserialize: bytes,
  options: {},
} as const;

await record(open);

function open(order: ProgramOrder): Recorded {
  const path = order.method ?? defaultMethod;
  const service = {
    get: { ...shared, path, responseStream: false },
    watch: { ...shared, path, responseStream: true },
  } as const;
  const channel = createChannel(order.target, credentialsOf(order), {
    ...(order.keepaliveMs !== undefined && {
      "grpc.keepalive_time_ms": order.keepaliveMs,
      "grpc.keepalive_timeout_ms": order.keepaliveMs,
    }),
    ...(order.maxReceiveBytes !== undefined && { "grpc.max_receive_message_length": order.maxReceiveBytes }),
  });
  const client = createClient(service, channel);
  const request = new Uint8Array(order.requestBytes ?? 4);
  return {
    call: async (signal) => {
      const options = { signal: AbortSignal.any([signal, AbortSignal.timeout(order.deadlineMs ?? defaultDeadlineMs)]) };
      if (order.call !== "server-stream") await client.get(request, options);
      else for await (const _ of client.watch(request, options));
    },
    close: () => channel.close(),
  };
}

function credentialsOf({ tls = "plain", caPem }: ProgramOrder): ChannelCredentials {
  if (tls === "plain") return ChannelCredentials.createInsecure();
  return tls === "trust" && caPem !== undefined
    ? ChannelCredentials.createSsl(Buffer.from(caPem))
    : ChannelCredentials.createSsl();
}

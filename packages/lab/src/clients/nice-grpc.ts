/** A program: drives nice-grpc, which sits on @grpc/grpc-js, without its retry middleware. */

import type { CallOptions } from "nice-grpc";
import { ChannelCredentials, ClientError, createChannel, createClient, Status } from "nice-grpc";
import { encodeCallMessage } from "../call-message.ts";
import type { DrivenClient, DriverOrder } from "./driver.ts";
import { drive, methodPath } from "./driver.ts";

const bytes = (value: Uint8Array): Uint8Array => value;

const service = {
  call: {
    path: methodPath,
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
    options: {},
  },
} as const;

await drive(connect);

function connect(order: DriverOrder): DrivenClient {
  const secure = order.caPem === undefined ? undefined : ChannelCredentials.createSsl(Buffer.from(order.caPem));
  const scheme = secure === undefined ? "http" : "https";
  const channel = createChannel(`${scheme}://127.0.0.1:${order.port}`, secure);
  const client = createClient(service, channel);
  return {
    call: async (callId) => {
      const options: CallOptions = { signal: AbortSignal.timeout(order.deadlineMs) };
      await client.call(encodeCallMessage(callId, order.requestBytes), options);
    },
    failureOf: (error) => {
      if (error instanceof ClientError)
        return { code: Status[error.code] ?? String(error.code), detail: error.details };
      // nice-grpc has no deadline of its own without a middleware; its signal's abort is one.
      return { code: "DEADLINE_EXCEEDED", detail: String(error) };
    },
    close: () => channel.close(),
  };
}

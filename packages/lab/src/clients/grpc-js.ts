/** A program: drives @grpc/grpc-js, with or without a retry policy. */

import * as grpc from "@grpc/grpc-js";
import { encodeCallMessage } from "../call-message.ts";
import type { DrivenClient, DriverOrder } from "./driver.ts";
import { drive, methodPath, retryServiceConfig } from "./driver.ts";

await drive(connect);

function connect(order: DriverOrder): DrivenClient {
  const credentials =
    order.caPem === undefined
      ? grpc.credentials.createInsecure()
      : grpc.credentials.createSsl(Buffer.from(order.caPem));
  const options = order.policy ? { "grpc.service_config": JSON.stringify(retryServiceConfig) } : {};
  const client = new grpc.Client(`127.0.0.1:${order.port}`, credentials, options);
  const call = (callId: number): Promise<void> =>
    new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        methodPath,
        (message: Uint8Array) => Buffer.from(message.buffer, message.byteOffset, message.byteLength),
        (bytes) => bytes,
        encodeCallMessage(callId, order.requestBytes),
        { deadline: Date.now() + order.deadlineMs },
        (error) => (error === null ? resolve() : reject(error)),
      );
    });
  return {
    call,
    failureOf: (error) => {
      const { code, details } = error as grpc.ServiceError;
      return { code: grpc.status[code] ?? String(code), detail: details };
    },
    close: () => client.close(),
  };
}

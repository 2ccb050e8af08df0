/** A program: drives Holdfast's own channel, with or without a retry policy. */

import { createChannel, StatusError, statusName } from "@holdfast/grpc";
import { encodeCallMessage } from "../call-message.ts";
import type { DrivenClient, DriverOrder } from "./driver.ts";
import { drive, methodPath, retryServiceConfig } from "./driver.ts";

await drive(connect);

function connect(order: DriverOrder): DrivenClient {
  const channel = createChannel(`127.0.0.1:${order.port}`, {
    ...(order.policy ? { serviceConfig: retryServiceConfig } : {}),
    ...(order.caPem === undefined ? {} : { tls: { ca: order.caPem } }),
  });
  return {
    call: async (callId) => {
      const message = encodeCallMessage(callId, order.requestBytes);
      await channel.unary(methodPath, message, { timeoutMs: order.deadlineMs });
    },
    failureOf: (error) => {
      const { code, processed, attempts, message } = StatusError.from(error);
      return { code: statusName(code), detail: message, processed, attempts: attempts.length };
    },
    close: () => channel.close(),
  };
}

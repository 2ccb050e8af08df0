/** What became of calls of `grpc.health.v1`, as far as measures need it: one word for each. */

import { errorCodeName } from "@holdfast/grpc/http2";
import { statusName } from "@holdfast/grpc/rpc";
import { healthStatus, servingStatus as servingNames } from "../steps/health-message.ts";
import type { CallOutcome } from "../wire/wire-call.ts";

export { healthPath as checkPath, healthRequest } from "../steps/health-message.ts";
export const watchPath = "/grpc.health.v1.Health/Watch";

/** `SERVING` for a HealthCheckResponse; `rubbish` for anything else. */
export function servingStatus(message: Uint8Array): string {
  const status = healthStatus(message);
  return (status !== undefined && servingNames[status]) || "rubbish";
}

/** What became of a call: `SERVING`, `UNIMPLEMENTED`, `HTTP 502`, `RST_STREAM(REFUSED_STREAM)`. */
export function outcomeText(outcome: CallOutcome): string {
  const { end, status, messages, headers } = outcome;
  switch (end.kind) {
    case "complete": {
      if (status === undefined) return "rubbish";
      if (status.kind === "http-status") return `HTTP ${headers?.[headers.indexOf(":status") + 1] ?? "?"}`;
      const [message] = messages;
      if (status.code !== 0 || status.kind !== "peer-status") return statusName(status.code);
      return message === undefined ? "OK without a message" : servingStatus(message);
    }
    case "reset-by-peer":
      return `RST_STREAM(${errorCodeName(end.code)})`;
    case "reset-by-us":
      return "rubbish";
    case "goaway-above-last-id":
      return "above the last id of GOAWAY";
    case "connection":
      return "cut with its connection";
    case "not-opened":
      return "not sent";
    case "timed-out":
    case "cancelled":
    case "too-large":
      return end.kind;
  }
}

/** Whether the server has health at all: anything that was answered in gRPC's words. */
export function isAnswered(outcome: string): boolean {
  return servingNames.some((name) => name === outcome);
}

/** `grpc.health.v1` as far as measures need it: one request, one status, by hand. Reflection and the health step have their own. */

import { errorCodeName } from "@holdfast/grpc/http2";
import { statusName } from "@holdfast/grpc/rpc";
import type { CallOutcome } from "../wire/wire-call.ts";

export const checkPath = "/grpc.health.v1.Health/Check";
export const watchPath = "/grpc.health.v1.Health/Watch";

/** HealthCheckRequest: field 1, `service`, a string; left out when empty, as proto3 has it. */
export function healthRequest(service: string): Uint8Array {
  const name = new TextEncoder().encode(service);
  if (name.length === 0) return name;
  const length: number[] = [];
  let rest = name.length;
  for (; rest > 0x7f; rest >>= 7) length.push((rest & 0x7f) | 0x80);
  return Uint8Array.of(0x0a, ...length, rest, ...name);
}

const servingNames = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];

/** `SERVING` for a HealthCheckResponse; `rubbish` for anything else. */
export function servingStatus(message: Uint8Array): string {
  // Field 1, an enum; 0 is left out.
  if (message.length === 0) return "UNKNOWN";
  const [tag, value = -1] = message;
  return (tag === 0x08 && servingNames[value]) || "rubbish";
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
  return servingNames.includes(outcome);
}

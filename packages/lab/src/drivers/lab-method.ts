/** Owns the lab's four methods, one for each kind of call, and what a client sends with them. */

import { setTimeout as sleep } from "node:timers/promises";
import { encodeCallMessage } from "../call-message.ts";
import type { DrivenCall } from "./trial-client.ts";

export const labMethods = {
  unary: "/holdfast.lab.v1.Lab/Call",
  "server-streaming": "/holdfast.lab.v1.Lab/ServerStream",
  "client-streaming": "/holdfast.lab.v1.Lab/ClientStream",
  "bidi-streaming": "/holdfast.lab.v1.Lab/BidiStream",
} as const satisfies Record<DrivenCall["kind"], string>;

/** Request metadata: how many messages the server is asked for, and how far apart. Only of server-streaming calls. */
export function streamMetadata({ kind, plan }: DrivenCall): Readonly<Record<string, string>> {
  if (kind !== "server-streaming") return {};
  return { "lab-messages": String(plan.messages), "lab-message-every-ms": String(plan.messageEveryMs) };
}

/** The message of a call that has one, or each of a call that has many. */
export function callMessage({ id, plan }: DrivenCall): Uint8Array {
  return encodeCallMessage(id, plan.requestBytes);
}

/** The call's messages, so far apart as the plan says; one at once where the client does not stream. */
export async function* callMessages<T>(call: DrivenCall, message: T): AsyncGenerator<T> {
  const isStream = call.kind === "client-streaming" || call.kind === "bidi-streaming";
  for (let sent = 0; sent < (isStream ? call.plan.messages : 1); sent++) {
    if (sent > 0) await sleep(call.plan.messageEveryMs);
    yield message;
  }
}

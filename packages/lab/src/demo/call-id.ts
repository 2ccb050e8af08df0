/** Owns the id of a call as it stands in requests and journals: `h-r-000123` is Holdfast's `Read` number 123. */

import type { ClientName, MethodName } from "./demo-plan.ts";

export interface CallName {
  readonly client: ClientName;
  readonly method: MethodName;
  readonly number: number;
}

const clientLetters = { holdfast: "h", "grpc-js": "g" } as const satisfies Record<ClientName, string>;
const methodLetters = { Read: "r", Write: "w" } as const satisfies Record<MethodName, string>;

export function callId({ client, method, number }: CallName): string {
  return `${clientLetters[client]}-${methodLetters[method]}-${String(number).padStart(6, "0")}`;
}

/** Undefined if the text is no id of the demo. */
export function readCallId(id: string): CallName | undefined {
  const [, client, method, digits] = /^([hg])-([rw])-(\d{6,})$/.exec(id) ?? [];
  if (digits === undefined) return undefined;
  return {
    client: client === "h" ? "holdfast" : "grpc-js",
    method: method === "r" ? "Read" : "Write",
    number: Number(digits),
  };
}

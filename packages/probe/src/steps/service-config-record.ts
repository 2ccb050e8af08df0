/** Reads the service config that gRFC A2 keeps in a TXT record. Pure; what a client would do with it is the engine's word. */

import { parseServiceConfig } from "@holdfast/grpc/channel";

export type ServiceConfigRecord =
  /** `choice`: which of the list applies to everybody; undefined: each asks for something (a percentage, a language, a host). */
  | { readonly kind: "read"; readonly choices: number; readonly choice: number | undefined }
  | { readonly kind: "unreadable"; readonly why: string };

/** gRFC A2. */
const prefix = "grpc_config=";

/** Undefined: no record of the name is one. */
export function readServiceConfig(records: readonly string[]): ServiceConfigRecord | undefined {
  const record = records.find((text) => text.startsWith(prefix));
  if (record === undefined) return undefined;
  let list: unknown;
  try {
    list = JSON.parse(record.slice(prefix.length));
  } catch (error) {
    return unreadable(`it is no JSON: ${messageOf(error)}`);
  }
  if (!Array.isArray(list)) return unreadable("it is no JSON list of choices");
  for (const [index, choice] of list.entries()) {
    const why = faultIn(choice);
    if (why !== undefined) return unreadable(`choice ${index + 1}: ${why}`);
  }
  const conditions = ["clientLanguage", "percentage", "clientHostname"];
  const open = (choice: object): boolean => conditions.every((name) => !(name in choice));
  const index = (list as object[]).findIndex(open);
  return { kind: "read", choices: list.length, choice: index < 0 ? undefined : index + 1 };
}

function faultIn(choice: unknown): string | undefined {
  if (typeof choice !== "object" || choice === null) return "it is no object";
  if (!("serviceConfig" in choice) || typeof choice.serviceConfig !== "object" || choice.serviceConfig === null) {
    return "it has no object serviceConfig";
  }
  try {
    parseServiceConfig(choice.serviceConfig);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function unreadable(why: string): ServiceConfigRecord {
  return { kind: "unreadable", why };
}

/** On one line, and no more than the first few faults of many. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [head = "", ...faults] = message.split(/\n\s*/);
  return faults.length === 0 ? head : `${head} ${faults.slice(0, 3).join("; ")}`;
}

/**
 * The metadata that a call and its answer carry: names that repeat with values that do not, secrets, bytes. Known from
 * the call's id alone, so that either end sees when a header of one call appears in another (what a wrong header
 * compression does).
 */

import { equalBytes } from "../../http2/bytes.ts";
import { Metadata } from "../../rpc/metadata.ts";
import { faultIn, payload, type Way } from "./payload.ts";
import type { CallPlan } from "./world-plan.ts";

const tagBytes = 20;
/** All of them take twice the room that a peer's table of fields has: each drives out another, and comes again. */
const aisles = 30;
const aisleBytes = 220;

type Tagged = Pick<CallPlan, "id" | "anonymous">;

export function tagsOf({ id, anonymous }: Tagged, way: Way): Metadata {
  const aisle = `aisle ${id % aisles} `.padEnd(aisleBytes, ".");
  const metadata = new Metadata({ "x-tenant": `tenant-${id % 3}`, [`x-shelf-${id % 5}`]: "any", "x-aisle": aisle });
  if (anonymous) return metadata;
  metadata.set("x-call", String(id)).set("x-trace-bin", payload(id, way, -1, tagBytes));
  if (way === "request") metadata.set("authorization", `Bearer ${id}-${id * 7_919}`); // looks like a secret
  return metadata;
}

/** Which call a request is of, by its metadata or else by its message; NaN if of none. */
export function callIdIn(metadata: Metadata, request: Uint8Array | undefined, calls: Iterable<CallPlan>): number {
  const id = metadata.get("x-call");
  if (id !== undefined || request === undefined) return Number(id ?? NaN);
  for (const call of calls) {
    if (call.anonymous && faultIn(request, call.id, "request", 0, call.requestBytes[0]) === undefined) return call.id;
  }
  return NaN;
}

/** What is wrong with metadata that a call got, in words. */
export function faultInTags(got: Metadata, call: Tagged, way: Way): string | undefined {
  if (call.anonymous && got.has("x-call")) return `${way} metadata x-call: ${got.get("x-call")} came, none was sent`;
  for (const [name, value] of tagsOf(call, way)) {
    const all = got.getAll(name);
    if (all.length === 1 && equal(all[0] as string | Uint8Array, value)) continue;
    return `${way} metadata ${name}: ${JSON.stringify(got.toJSON()[name])} came, sent was ${JSON.stringify(tagsOf(call, way).toJSON()[name])}`;
  }
  return undefined;
}

function equal(a: string | Uint8Array, b: string | Uint8Array): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return equalBytes(a, 0, a.length, b);
}

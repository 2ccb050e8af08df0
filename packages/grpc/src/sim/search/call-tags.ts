/**
 * The metadata that a call and its answer carry: names that repeat with values that do not, secrets, bytes. Known from
 * the call's id alone, so that either end sees when a header of one call appears in another (what a wrong header
 * compression does).
 */

import { equalBytes } from "../../http2/bytes.ts";
import { Metadata } from "../../rpc/metadata.ts";
import { payload, type Way } from "./payload.ts";

const tagBytes = 20;

export function tagsOf(callId: number, way: Way): Metadata {
  const metadata = new Metadata({
    "x-call": String(callId),
    "x-tenant": `tenant-${callId % 3}`,
    "x-trace-bin": payload(callId, way, -1, tagBytes),
  });
  if (way === "request") metadata.set("authorization", `Bearer ${callId}-${callId * 7_919}`); // looks like a secret
  return metadata;
}

/** The id that metadata speak of; NaN if of none. */
export function callIdIn(metadata: Metadata): number {
  return Number(metadata.get("x-call") ?? NaN);
}

/** What is wrong with metadata that a call got, in words. */
export function faultInTags(got: Metadata, callId: number, way: Way): string | undefined {
  for (const [name, value] of tagsOf(callId, way)) {
    const all = got.getAll(name);
    if (all.length === 1 && equal(all[0] as string | Uint8Array, value)) continue;
    return `${way} metadata ${name}: ${JSON.stringify(got.toJSON()[name])} came, sent was ${JSON.stringify(tagsOf(callId, way).toJSON()[name])}`;
  }
  return undefined;
}

function equal(a: string | Uint8Array, b: string | Uint8Array): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return equalBytes(a, 0, a.length, b);
}

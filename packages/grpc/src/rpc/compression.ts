/**
 * Compressed messages, gRPC's compression.md: which codings there are, how a message is packed, and a message that came
 * packed and is opened when somebody reads it, so that what waits is never larger than what came. The packing itself is the
 * host's.
 */

import { allocate } from "../http2/bytes.ts";
import { frameMessage, type MessageFault, prefixBytes, writePrefix } from "./message.ts";
import { status } from "./status.ts";

/** `deflate` is the zlib format (RFC 1950), `gzip` RFC 1952. */
export type Coding = "gzip" | "deflate";

/** What a caller may ask for; `identity`: not compressed. */
export type Compression = Coding | "identity";

/** What a host does for it. Both work at once, on the caller's time. */
export interface Zip {
  compress(coding: Coding, bytes: Uint8Array): Uint8Array;
  /** At most `maxBytes`; never throws for what came. */
  decompress(coding: Coding, bytes: Uint8Array, maxBytes: number): Uint8Array | "too-large" | "broken";
}

/** The value of `grpc-accept-encoding`: what we read. */
export const acceptEncoding = "identity,deflate,gzip";

/** The coding that a header names; undefined for none, and for those that we do not know. */
export function codingOf(header: string | undefined): Coding | undefined {
  return header === "gzip" || header === "deflate" ? header : undefined;
}

/** Whether a `grpc-accept-encoding` names it; absent, it names nothing. */
export function accepts(header: string | undefined, coding: Coding): boolean {
  return header?.split(",").some((name) => name.trim() === coding) === true;
}

/** @throws TypeError for anything else than a `Compression` or undefined. */
export function checkCompression(what: string, value: unknown): void {
  if (value === undefined || value === "gzip" || value === "deflate" || value === "identity") return;
  throw new TypeError(`${what}: ${JSON.stringify(value)}, expected "gzip", "deflate" or "identity"`);
}

/** A message ready for the wire, packed; as it is if packing does not make it smaller. */
export function frameCompressed(zip: Zip, coding: Coding, message: Uint8Array): readonly Uint8Array[] {
  const packed = zip.compress(coding, message);
  if (packed.length >= message.length) return frameMessage(message);
  const prefix = writePrefix(allocate(prefixBytes), packed.length);
  prefix[0] = 1;
  return [prefix, packed];
}

/** The message, or why it is none. `maxBytes` limits what comes out, as `maxReceiveMessageBytes` does for all messages. */
export function decompressMessage(
  zip: Zip,
  coding: Coding,
  packed: Uint8Array,
  maxBytes: number,
): Uint8Array | MessageFault {
  const bytes = zip.decompress(coding, packed, maxBytes);
  if (bytes === "too-large") {
    const detail = `message of ${packed.length} bytes is, decompressed, over the limit of ${maxBytes}`;
    return { kind: "too-large", code: status.RESOURCE_EXHAUSTED, detail };
  }
  if (bytes === "broken") {
    const detail = `message of ${packed.length} bytes says that it is ${coding}, and cannot be decompressed`;
    return { kind: "bad-compression", code: status.INTERNAL, detail };
  }
  return bytes;
}

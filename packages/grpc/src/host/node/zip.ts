/**
 * zlib for a host: whole messages, at once. Node's other face of it goes through a pool of threads and costs a small message
 * ten times as much. Loaded when first needed: most processes never are.
 */

import { constants } from "node:buffer";
import { createRequire } from "node:module";
import type * as Zlib from "node:zlib";

let loaded: typeof Zlib | undefined;

function zlib(): typeof Zlib {
  return (loaded ??= createRequire(import.meta.url)("node:zlib") as typeof Zlib);
}

export function nodeCompress(coding: "gzip" | "deflate", bytes: Uint8Array): Uint8Array {
  return coding === "gzip" ? zlib().gzipSync(bytes) : zlib().deflateSync(bytes);
}

export function nodeDecompress(
  coding: "gzip" | "deflate",
  bytes: Uint8Array,
  maxBytes: number,
): Uint8Array | "too-large" | "broken" {
  // zlib takes no limit of 0, and none above what a buffer can hold.
  const maxOutputLength = Math.max(1, Math.min(maxBytes, constants.MAX_LENGTH));
  try {
    const whole =
      coding === "gzip"
        ? zlib().gunzipSync(bytes, { maxOutputLength })
        : zlib().inflateSync(bytes, { maxOutputLength });
    return whole.length > maxBytes ? "too-large" : whole;
  } catch (error) {
    return (error as { readonly code?: unknown }).code === "ERR_BUFFER_TOO_LARGE" ? "too-large" : "broken";
  }
}

/** What became of a stream, as one line. Owns the words; what peers wrote is made printable here. */

import { durationText } from "../report/duration-text.ts";
import { printable } from "../report/printable.ts";
import { statusName } from "../rpc/status.ts";
import type { StreamBeginning, StreamEnding } from "./stream-book.ts";

/** `stream 5 begins: POST /shop.Shop/Read`, `stream 5 ends after 12 ms: status 14 UNAVAILABLE, POST /shop.Shop/Read`. */
export function streamLine(told: StreamBeginning | StreamEnding): string {
  const what = printable(`${told.method} ${told.path}`.trim()) || "a request that could not be read";
  if (told.kind === "began") return `stream ${told.streamId} begins: ${what}`;
  return `stream ${told.streamId} ends after ${durationText(told.durationMs)}: ${howItEnded(told)}, ${what}`;
}

function howItEnded({ reset, grpcStatus, httpStatus }: StreamEnding): string {
  const status = statusText(grpcStatus, httpStatus);
  if (reset === undefined) return status;
  // A server may stop a request that it has answered, RFC 9113 §8.1: the answer counts.
  const words = `RST_STREAM(${reset.code}) from the ${reset.by}`;
  return grpcStatus === undefined ? words : `${status}, then ${words}`;
}

function statusText(grpcStatus: string | undefined, httpStatus: string | undefined): string {
  if (grpcStatus === undefined) return httpStatus === undefined ? "no answer" : `HTTP ${printable(httpStatus)}`;
  const code = /^\d{1,2}$/.test(grpcStatus) ? statusName(Number(grpcStatus)) : undefined;
  return `status ${printable(grpcStatus)}${code === undefined ? "" : ` ${code}`}`;
}

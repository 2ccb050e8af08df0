/**
 * The content of messages: known from the call's id, the direction and the message's number alone, so that either end
 * can tell a damaged, lost, doubled or strange message from the right one. Messages are views of one block of noise.
 */

import { equalBytes } from "../../http2/bytes.ts";
import { createRandom } from "../random.ts";

// 1 MiB: twice the largest message and then some, so that no two messages of a world look alike.
const noiseBytes = 1_048_576;
const noise = makeNoise();

export type Way = "request" | "response";

/** The bytes of message `index` (from 0) of a call. They are shared and must not be changed. */
export function payload(callId: number, way: Way, index: number, length: number): Uint8Array {
  const room = noiseBytes - length;
  // Multipliers without a small common factor with the room spread neighbours far apart (2654435761 is Knuth's).
  const offset = (callId * 2_654_435_761 + (index + 1) * 40_503 + (way === "request" ? 0 : 7_919)) % room;
  return noise.subarray(offset, offset + length);
}

/** What is wrong with a message, in words; undefined if nothing is. */
export function faultIn(
  bytes: Uint8Array,
  callId: number,
  way: Way,
  index: number,
  length: number | undefined,
): string | undefined {
  if (length === undefined) return `${way} message ${index} of ${bytes.length} bytes came, and nobody sent it`;
  if (bytes.length !== length) return `${way} message ${index} has ${bytes.length} bytes, sent were ${length}`;
  const sent = payload(callId, way, index, length);
  return equalBytes(bytes, 0, bytes.length, sent)
    ? undefined
    : `${way} message ${index} has other bytes than were sent`;
}

function makeNoise(): Uint8Array {
  const random = createRandom(1);
  return Uint8Array.from({ length: noiseBytes }, () => Math.floor(random() * 256));
}

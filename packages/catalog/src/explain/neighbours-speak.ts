/** Whether the lines around a failure speak of gRPC or HTTP/2. */

import type { LineGroup } from "../read/group-lines.ts";
import { speaksOfGrpc } from "../read/implementation-of.ts";
import type { LineBuffer } from "./line-buffer.ts";

/** How far around a failure a word about gRPC counts. */
const neighbourLines = 10;

export function neighboursSpeak(buffer: LineBuffer, { first, last }: Pick<LineGroup, "first" | "last">): boolean {
  for (let distance = 1; distance <= neighbourLines; distance++) {
    if (lineSpeaks(buffer, first - distance) || lineSpeaks(buffer, last + distance)) return true;
  }
  return false;
}

/** Most lines are not worth reading for it. */
function lineSpeaks(buffer: LineBuffer, number: number): boolean {
  return buffer.mayMentionGrpc(number) && (buffer.line(number)?.texts.some(speaksOfGrpc) ?? false);
}

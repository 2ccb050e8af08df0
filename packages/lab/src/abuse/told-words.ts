/** Owns the words for what a server told its attacker: the most common GOAWAY, resets, and how connections ended. */

import { errorCodeName } from "@holdfast/grpc/http2";
import type { Told } from "./raw-connection.ts";

/** A row has room for so much of a debug text. */
const debugChars = 80;

export function inWords(all: readonly Told[]): string {
  const words: string[] = [];
  const goaways = all.flatMap(({ goaway }) => (goaway === undefined ? [] : [goaway]));
  const texts = goaways.map(
    ({ code, debug }) => `GOAWAY ${errorCodeName(code)}${debug === "" ? "" : ` "${short(debug)}"`}`,
  );
  const most = mostCommon(texts);
  if (most !== undefined) words.push(most);
  const resets = new Map<number, number>();
  for (const told of all) for (const [code, count] of told.resets) resets.set(code, (resets.get(code) ?? 0) + count);
  for (const [code, count] of resets) words.push(`RST_STREAM ${errorCodeName(code)} × ${count}`);
  const closed = all.filter((told) => told.closed !== undefined);
  if (closed.length > 0) {
    const times = closed.map(({ closedAfterMs }) => closedAfterMs).sort((a, b) => a - b);
    const middle = times[Math.floor(times.length / 2)] ?? 0;
    const fins = closed.filter((told) => told.closed === "fin").length;
    const how = fins * 2 >= closed.length ? "FIN" : "RST";
    words.push(`${how} on ${closed.length} of ${all.length} after ${Math.round(middle)} ms`);
  }
  return words.length === 0 ? "nothing" : words.join("; ");
}

function mostCommon(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function short(debug: string): string {
  const text = debug.replace(/[^\x20-\x7e]/g, "?");
  return text.length > debugChars ? `${text.slice(0, debugChars)}…` : text;
}

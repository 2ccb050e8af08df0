/** Owns the words for how a connection ended, and for times. What the peer said is escaped. */

import { durationText } from "@holdfast/grpc/report";
import type { EndKind, GoawaySeen, Life } from "./life.ts";

/** RFC 9113 §6.8: the largest id, which a server names that does not know its last stream yet. */
export const anyStreamId = 0x7fffffff;

/** Text of a peer in quotes, on one line, at most 120 characters of it. */
export function quoted(text: string): string {
  const cut = text.length > 120 ? `${text.slice(0, 120)}…` : text;
  const shown = cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (char) => {
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return `"${shown.replaceAll('"', "'")}"`;
}

/** `GOAWAY(NO_ERROR, last 2^31-1, "max_idle")` */
export function goawayText({ code, lastStreamId, debugData }: GoawaySeen): string {
  const last = lastStreamId === anyStreamId ? "2^31-1" : String(lastStreamId);
  return `GOAWAY(${code}, last ${last}${debugData === "" ? "" : `, ${quoted(debugData)}`})`;
}

const endWords: Readonly<Record<EndKind | "ours", string>> = {
  goaway: "GOAWAY",
  fin: "FIN",
  rst: "RST",
  "timed-out": "no answer from the other kernel",
  error: "an error of the socket",
  ours: "closed by us",
};

export function endWord(kind: EndKind | "ours"): string {
  return endWords[kind];
}

/** `GOAWAY(NO_ERROR, last 2^31-1, "max_idle") after 60.0 s, FIN 5 ms later`; `open after 60.0 s` */
export function endText({ goaways, end, seenMs }: Life): string {
  const words: string[] = [];
  let beforeMs = 0;
  const add = (text: string, atMs: number): void => {
    words.push(
      `${text} ${words.length === 0 ? "after " : ""}${durationText(atMs - beforeMs)}${words.length === 0 ? "" : " later"}`,
    );
    beforeMs = atMs;
  };
  for (const goaway of goaways) add(goawayText(goaway), goaway.atMs);
  if (end === undefined)
    words.push(words.length === 0 ? `open after ${durationText(seenMs)}` : "not closed when we left");
  else add(endWord(end.how), end.atMs);
  return words.join(", ");
}

/** The words of HOLDFAST_DEBUG: what there is to hear of, and what a variable asks for. Pure. */

import { printable } from "../report/printable.ts";
import { nearest } from "../rpc/nearest.ts";

/** Word → what it tells. */
export const debugWords = {
  connection: "each connection from its dialling to its termination report",
  frames: "every HTTP/2 frame both ways",
  calls: "each call: when it begins, waits, goes again and ends; and each stream that carries one",
  channel: "names looked up, and what becomes of each address",
  server: "listeners and drains",
} as const;

export type DebugWord = keyof typeof debugWords;

export interface DebugRequest {
  readonly words: ReadonlySet<DebugWord>;
  /** What is wrong with the variable, as a line for its author; undefined if nothing. */
  readonly mistake: string | undefined;
}

const known = Object.keys(debugWords) as DebugWord[];

/** Reads `connection,frames`: words parted by commas or blanks, in any case; `all` is all of them. */
export function readDebugWords(text: string): DebugRequest {
  const words = new Set<DebugWord>();
  const unknown: string[] = [];
  for (const word of text.toLowerCase().split(/[\s,]+/)) {
    if (word === "") continue;
    if (word === "all") for (const each of known) words.add(each);
    else if ((known as string[]).includes(word)) words.add(word as DebugWord);
    else unknown.push(word);
  }
  return { words, mistake: unknown.length === 0 ? undefined : mistakeText(unknown) };
}

/** A variable can be long; three words of it show what kind of mistake it is. */
const shownWords = 3;
const shownLetters = 40;

function mistakeText(unknown: readonly string[]): string {
  const named = unknown.slice(0, shownWords).map((word) => {
    const meant = nearest(word.slice(0, shownLetters), [...known, "all"]);
    const shown = printable(word.slice(0, shownLetters));
    return `"${shown}" is unknown${meant === undefined ? "" : ` (did you mean ${meant}?)`}`;
  });
  if (unknown.length > shownWords) named.push(`and ${unknown.length - shownWords} more`);
  return `HOLDFAST_DEBUG: ${named.join(", ")}; known words are ${known.join(", ")} and all`;
}

/**
 * Letters that look alike made one: what word processors, chats, web pages and Chinese keyboards put in place of the marks
 * that programs print, and people in place of addresses and numbers. Letters that carry meaning of their own stay.
 */

import { writeHiddenAddresses } from "./hidden-addresses.ts";
import { writeHiddenNumbers } from "./hidden-numbers.ts";

const alike: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‘": "'",
  "’": "'",
  "‚": "'",
  "′": "'",
  "‐": "-",
  "‑": "-",
  "‒": "-",
  "–": "-",
  "—": "-",
  "−": "-",
  "→": "->",
  "。": ". ",
  "、": ", ",
  "【": "[",
  "】": "]",
  "「": '"',
  "」": '"',
  "『": '"',
  "』": '"',
};

/** Behind a Chinese letter such a mark belongs to a Chinese sentence, which some programs print. */
const marks = new RegExp(`(?<!\\p{Script=Han})[${Object.keys(alike).join("")}]`, "gu");
/** The forms of ASCII that are as wide as a Chinese letter: U+FF01 to U+FF5E, in the order of ASCII. */
const wide = /(?<!\p{Script=Han})[\uff01-\uff5e]/gu;
const wideOffset = 0xff01 - 0x21;
/** After these a Latin text has a blank, where a wide mark brings its own. */
const spaced = /[:,;.!?]/;
const blanks = /[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\t]/g;
const unseen = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** Line breaks stay where they are. ASCII text comes back as it is, but for its tabs. */
export function evenLetters(text: string): string {
  const even = text
    .replace(unseen, "")
    .replace(blanks, " ")
    .replace(marks, (mark) => alike[mark] ?? mark)
    .replace(wide, (mark: string, at: number, whole: string) => {
      const plain = String.fromCharCode(mark.charCodeAt(0) - wideOffset);
      return spaced.test(plain) && whole[at + 1] !== " " ? `${plain} ` : plain;
    });
  return writeHiddenAddresses(writeHiddenNumbers(even));
}

/** A line of the input as it may be shown: secrets masked, no control characters, not longer than promised. */

import { maskSecrets } from "../read/mask-secrets.ts";
import { plainText } from "../read/plain-text.ts";

/** Promised by `Finding.text`. */
const maxLetters = 500;
/** In front of the hit where a line is cut: the hit then stands in what a terminal of 80 columns shows of it. */
const lettersBefore = 30;

/** `around` is a text in the line that must stay visible when the line is cut. */
export function shownLine(line: string, around: string): string {
  // In this order: colours inside the name of a credential would hide it.
  const text = maskSecrets(plainText(line));
  if (text.length <= maxLetters) return text;
  const at = Math.max(0, text.indexOf(around));
  const from = at <= lettersBefore ? 0 : at - lettersBefore;
  const cut = text.slice(from, from + maxLetters - 2).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
  return `${from === 0 ? "" : "…"}${cut}${from + maxLetters - 2 < text.length ? "…" : ""}`;
}

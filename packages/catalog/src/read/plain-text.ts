/** Makes foreign text safe for one line of a terminal, a log or a page. */

/** ECMA-48: CSI, OSC and the other strings up to their end, and single escapes. */
const escapeSequences =
  /[\u001b\u009b](?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\)?|[PX^_][^\u001b]{0,2000}(?:\u001b\\)?|[ -/]*[0-~])?/g;
const lineBreaks = /[\t-\r\u0085\p{Zl}\p{Zp}\p{Cs}]/gu;
const unseen = /[\p{Cc}\p{Cf}]/gu;

/** Colours and cursor movements, gone. */
export function withoutEscapes(text: string): string {
  return text.includes("\u001b") || text.includes("\u009b") ? text.replace(escapeSequences, "") : text;
}

/**
 * One line: what breaks lines is a blank; other controls and marks that nobody sees are gone, so that they part no word
 * that is looked for afterwards.
 */
export function plainText(text: string): string {
  return withoutEscapes(text).replace(lineBreaks, " ").replace(unseen, "").trim();
}

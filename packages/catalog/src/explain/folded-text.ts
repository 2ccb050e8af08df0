/** A text as phrases and families are looked for in it: in lower case, blanks as one, and no more than a stack has. */

/** What is read of a text; a stack has some kilobytes. */
export const maxLetters = 8_000;

export function foldedText(text: string): string {
  return text.slice(0, maxLetters).toLowerCase().replace(/\s+/g, " ");
}

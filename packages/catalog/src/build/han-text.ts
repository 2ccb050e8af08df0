/** Chinese out of folded YAML: folding puts a blank where a line ended, and Chinese has none there. */

const han = "[\\p{Script=Han}，。；：、！？（）《》“”]";
const blankInside = new RegExp(`(?<=${han}) (?=${han})`, "gu");

/** All texts of `words`, however deep. */
export function withoutFoldBlanks<T>(words: T): T;
export function withoutFoldBlanks(words: unknown): unknown {
  if (typeof words === "string") return words.replaceAll(blankInside, "");
  if (Array.isArray(words)) return words.map((part: unknown) => withoutFoldBlanks(part));
  if (typeof words !== "object" || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, part]) => [name, withoutFoldBlanks<unknown>(part)]));
}

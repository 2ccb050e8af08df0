/**
 * Sizes, limits and counts that people hide before they show a text (`xxxxxxx vs. 4194304`, `larger than max (<size>`), or
 * write for readers (`5,242,880`, `5MB vs. 4MB`), written as digits, so that they stand where programs write digits. Codes,
 * statuses and stream ids stay hidden: each of their values means something, and none may be invented.
 */

/** What says that a number follows, and which one it is: all but those that have a meaning of their own. */
const valued = String.raw`(?<!\b(?:codes?|status|errno|error|id|ID|ids|IDs|stream|port|version|v|line|pid)[\s=:(#'"]{0,3})`;
/** Letters, stars and marks in the place of digits, alone between blanks and brackets. */
const begins = String.raw`(?<=^|[\s(=,:/])`;
const ends = String.raw`(?=$|[\s),;]|\.(?:\s|$)|[KMGkmg]?i?[Bb]\b|ms\b|s\b)`;
const letters = new RegExp(
  String.raw`${begins}${valued}(?:[xyz]{2,}|[XYZ]{2,}|N{1,}|n{3,}|\?{2,}|_{3,}|#{2,}|%[dusv]|%l?l[du])${ends}`,
  "gm",
);
const names = String.raw`[^<>{}[\]()\n"=/:]{0,20}(?<![A-Za-z])(?:num|number|int|integer|size|bytes?|len|length|count|n|limit|max|min|actual|value|digits?|seconds|millis|ms|duration|timeout|x+)(?![A-Za-z])[^<>{}[\]()\n"=/:]{0,20}`;
const named = new RegExp(
  String.raw`${begins}${valued}(?:<${names}>|\$?\{{1,2}${names}\}{1,2}|\[${names}\])${ends}`,
  "gim",
);
/** Stars and ellipses stand for addresses too: beside `vs` they are sizes. */
const compared = new RegExp(
  String.raw`(?<=\()(?:\*{2,}|\.{2,}|\u2026|[\u2588\u25a0]{2,}|\d[\d*xX.]{0,12}[*xX.]{2,}|(?:redacted|hidden|size|\d{1,6}(?:\.\d{1,3})? ?[KMGkmg]i?[Bb]?))(?= vs\b)|(?<= vs\.? )(?:\*{2,}|\.{2,}|\u2026|[\u2588\u25a0]{2,}|\d[\d*xX.]{0,12}[*xX.]{2,}|(?:redacted|hidden|limit|max|\d{1,6}(?:\.\d{1,3})? ?[KMGkmg]i?[Bb]?))(?=\))`,
  "g",
);
const grouped = /(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,]|\.\d)|(?<![\w.])\d{1,3}(?:_\d{3})+(?!\w)/g;

/** Stands for a number that nobody knows; no code or limit of HTTP/2 or gRPC has this value. */
const unknown = "99";

/** Text without hidden or grouped numbers comes back as it is. */
export function writeHiddenNumbers(text: string): string {
  return text
    .replace(grouped, (all) => all.replace(/[,_]/g, ""))
    .replace(letters, unknown)
    .replace(named, unknown)
    .replace(compared, unknown);
}

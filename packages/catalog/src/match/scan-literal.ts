/** Which fixed text of a template the scanner looks for. */

import { parseTemplate } from "./parse-template.ts";

/** The shortest literal bounds how far the scanner jumps. */
const shortest = 8;

/**
 * The longest run without a hole or a character that loggers write differently inside JSON (quotes, backslashes, slashes
 * in PHP, `<>&='` in Gson and Go) or in a percent-encoded `grpc-message`; when none is long enough, the longest fixed
 * text. Undefined when that is short, too. Throws as `parseTemplate` does, though it does not always look.
 */
export function scanLiteral(template: string): string | undefined {
  // Done for every template of a table that comes without its index: the usual cases take one expression, not a parser.
  if (!/[^ -~]|["\\/<>&='%{}]/.test(template)) return longest([template]);
  const everywhereAlike = template.split(/\{\{|\}\}|\{[^}]*\}|[^ -~]|["\\/<>&='%{}]/);
  return longest(everywhereAlike) ?? longest(fixedTexts(template));
}

function fixedTexts(template: string): readonly string[] {
  return parseTemplate(template).flatMap((part) =>
    part.kind === "texts" && part.texts.length === 1 ? part.texts : [],
  );
}

function longest(texts: readonly string[]): string | undefined {
  let best = "";
  // Of two as long the later one: what a message begins with, more of them share.
  for (const text of texts) if (text.length >= best.length) best = text;
  return best.length >= shortest ? best : undefined;
}

/** Which fixed text of a template the scanner looks for. */

import type { TemplatePart } from "./template-part.ts";

const shortest = 6;

/**
 * The longest run without a character that loggers write differently inside JSON (quotes, backslashes, slashes in PHP,
 * `<>&='` in Gson and Go) or in a percent-encoded `grpc-message`; when none is long enough, the longest fixed text.
 */
export function scanLiteral(parts: readonly TemplatePart[]): string | undefined {
  const fixed = parts.flatMap((part) => (part.kind === "texts" && part.texts.length === 1 ? part.texts : []));
  const everywhereAlike = fixed.flatMap((text) => text.split(/[^ -~]|["\\/<>&='%]/));
  return longest(everywhereAlike) ?? longest(fixed);
}

function longest(texts: readonly string[]): string | undefined {
  let best = "";
  for (const text of texts) if (text.length > best.length) best = text;
  return best.length >= shortest ? best : undefined;
}

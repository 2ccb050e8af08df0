/**
 * Undoes what formats did to a text on its way: references of HTML and XML, percent signs of addresses, doubled quotes of
 * CSV, and backslashes, however deep. Owns only the letters; where a text begins and ends is others' business.
 */

import { unescapeText } from "./unescape-text.ts";

/** A log of a log of a log; deeper is nobody's error any more. */
const maxLayers = 5;

const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g;
const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
/** A quotation inside a cell; `""` alone is a text without letters. */
const doubled = /""(?=[\w/])([^"]{1,300})""(?!\w)/g;
const percent = /(?:%[0-9a-fA-F]{2})+/g;
/** Control characters as rsyslog writes them, in octal: `#012` is a line break. */
const syslog = /#01([125])(?!\d)/g;
const controls: Readonly<Record<string, string>> = { "1": "\t", "2": "\n", "5": "\r" };
/** What a page breaks lines with, and elements that stand around a text. */
const element = /<(?:br|p|\/p|div|\/div)\s?\/?>/gi;

/** Text in which nothing is escaped comes back as it is. */
export function unescapeLayers(text: string): string {
  let inner = text;
  for (let layer = 0; layer < maxLayers; layer++) {
    const next = oneLayer(inner);
    if (next === inner) break;
    inner = next;
  }
  return inner;
}

function oneLayer(text: string): string {
  let next = text;
  if (next.includes("&"))
    next = next.replace(reference, (all, ...found: (string | undefined)[]) => letterOf(found) ?? all);
  if (next.includes("<")) next = next.replace(element, "\n");
  if (next.includes("%") || next.includes("+")) next = percentDecoded(next);
  if (next.includes("#01")) next = next.replace(syslog, (_, digit: string) => controls[digit] ?? "");
  if (next.includes('""')) next = next.replace(doubled, '"$1"');
  return unescapeText(next);
}

function letterOf([decimal, hexadecimal, name]: readonly (string | undefined)[]): string | undefined {
  if (name !== undefined) return named[name];
  const value = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  return value > 0 && value <= 0x10ffff ? String.fromCodePoint(value) : undefined; // the last code point of Unicode
}

/** Forms write `+` for a blank: so it is in an address that has words and no blank. */
function percentDecoded(text: string): string {
  const isForm = text.includes("=") && /[\w%]\+\w/.test(text) && !/\s|%20/.test(text.trim());
  return (isForm ? text.replaceAll("+", " ") : text).replace(percent, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes; // a percentage, or another charset
    }
  });
}

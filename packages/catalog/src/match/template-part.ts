/** What a template is made of once it is read, and the characters that its holes accept. Decides nothing. */

export const holeNames = [
  "http2_code",
  "last_stream_id",
  "debug_data",
  "stream_id",
  "http_status",
  "address",
  "elapsed_ms",
  "flags",
  "version",
] as const;
export type HoleName = (typeof holeNames)[number];

/** A set of characters, for the finder (`has`, by UTF-16 unit) and for RE2 (`regex`). */
export interface CharacterSet {
  readonly regex: string;
  has(unit: number): boolean;
}

export type TemplatePart =
  /** One of these texts, tried in their order. Fixed text is the one text of its part. */
  | { readonly kind: "texts"; readonly texts: readonly string[]; readonly name?: HoleName }
  /** As many of `set` as there are and the rest allows, `last` behind them if it is given; one character at least. */
  | { readonly kind: "run"; readonly set: CharacterSet; readonly last?: CharacterSet; readonly name?: HoleName }
  /** Anything, as little as will do. */
  | { readonly kind: "gap"; readonly name?: HoleName }
  /** All that is left of the line. */
  | { readonly kind: "rest"; readonly name?: HoleName };

/** ASCII letters, digits and `_`: what RE2's `\b` takes for a word. */
export function isWordUnit(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || isDigit(unit) || unit === 0x5f;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function oneOf(characters: string): (unit: number) => boolean {
  const units = new Set([...characters].map((character) => character.charCodeAt(0)));
  return (unit) => units.has(unit);
}

const blank = oneOf(" \t\n\f\r");
const addressMark = oneOf(".:%/@[]-");

export const digits: CharacterSet = { regex: "[0-9]", has: isDigit };
export const notBlank: CharacterSet = { regex: "\\S", has: (unit) => !blank(unit) };
export const inAddress: CharacterSet = {
  regex: "[0-9A-Za-z_.:%/@\\[\\]-]",
  has: (unit) => isWordUnit(unit) || addressMark(unit),
};
/** An address does not end with the colon or the full stop of the sentence around it. */
export const endOfAddress: CharacterSet = {
  regex: "[0-9A-Za-z_\\]]",
  has: (unit) => isWordUnit(unit) || unit === 0x5d,
};

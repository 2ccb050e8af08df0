/**
 * A short input that is only a part of what programs print: the end of a chain of causes (`EOF`, `connection reset by
 * peer`) or the beginning of a text (`stream terminated by RST_STREAM`). People paste and search such parts.
 */

import { fixedParts } from "../match/fixed-parts.ts";
import type { SignatureTable } from "../match/signature-table.ts";
import { speaksOfGrpc } from "../read/implementation-of.ts";
import { bareInput, mayBeAlone } from "./bare-text.ts";

/** Longer inputs are texts of their own. */
const maxLength = 120;

/** Indexes of the entries of whose texts this is a telling part, likeliest first. */
export function entriesOfPart(input: string, { signatures }: SignatureTable): readonly number[] {
  const part = bareInput(input);
  if (part.length < 3 || part.length > maxLength || !mayBeAlone(part)) return [];
  const places = new Map<number, { value: number; programs: Set<string> }>();
  for (const { entry, text, rank, role, implementation } of signatures) {
    const distance = distanceOf(part, text);
    if (distance === undefined) continue;
    const value = rank + (role === "clue" ? 10 : 0) + distance / 1_000; // ranks first, then how much is missing
    const place = places.get(entry) ?? { value, programs: new Set() };
    place.value = Math.min(place.value, value);
    place.programs.add(implementation);
    places.set(entry, place);
  }
  return [...places]
    .sort(([a, x], [b, y]) => x.value - y.value || y.programs.size - x.programs.size || a - b)
    .map(([entry]) => entry);
}

/** How many letters the part lacks; undefined when it is no telling part. */
function distanceOf(part: string, template: string): number | undefined {
  // Cheap, and true of nearly all: no part goes across a hole.
  if (!template.includes(part) && !/[{}]/.test(part)) return undefined;
  const fixed = fixedParts(template).join("\u0000");
  const isPart = isLastCause(part, fixed) || (speaksOfGrpc(part) && isBeginning(part, fixed));
  return isPart ? fixed.length - part.length : undefined;
}

/** What stands behind the last colon of a chain, whole. */
function isLastCause(part: string, fixed: string): boolean {
  if (!fixed.endsWith(part)) return false;
  const before = fixed.slice(0, fixed.length - part.length);
  return before === "" || before.endsWith(": ") || before.endsWith(":");
}

/** Whole words at the beginning, and two of them at least. */
function isBeginning(part: string, fixed: string): boolean {
  return part.includes(" ") && fixed.startsWith(part) && !/^\w/.test(fixed.slice(part.length));
}

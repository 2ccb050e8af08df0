/**
 * Texts of which the end or the beginning was cut off: by a column of a table, a message's greatest length, an ellipsis.
 * What is left must be telling by itself, and what it means are all the entries whose texts it may have been.
 */

import { fixedParts } from "../match/fixed-parts.ts";
import type { SignatureTable, TableSignature } from "../match/signature-table.ts";
import { speaksOfGrpc } from "../read/implementation-of.ts";
import type { ReadStatus } from "../read/read-status.ts";
import { statusesIn } from "../read/statuses-in.ts";
import { isOfOthers } from "./candidate.ts";
import { saysOnlyStatus } from "./status-alone.ts";

export interface CutText {
  /** Indexes of the entries, likeliest first. */
  readonly tied: readonly number[];
  /** What is left of the text. */
  readonly text: string;
  readonly statuses: readonly ReadStatus[];
}

/** Fewer fixed letters than these are nobody's text in particular. */
const leastLetters = 14;
/** Fewer letters at the end of a text are the beginning of anything. */
const leastOverlap = 4;
/** More entries than these share what is left: it tells nothing. */
const maxTied = 8;

const ellipsis = /(?:\.{2,}|\u2026|\[(?:truncated|cut|more)\]|\\)?["'`]?\s*$/;
const frontEllipsis = /^\s*["'`]?(?:\.{2,}|\u2026)?\s*/;

/** Undefined when no known text begins, or ends, like this line; `onlyMessages`: like the message of a status in it. */
export function readCut(line: string, { signatures }: SignatureTable, onlyMessages: boolean): CutText | undefined {
  const withoutEnd = line.replace(ellipsis, "");
  const text = withoutEnd.replace(frontEllipsis, "");
  const isMarked = /[.\u2026\]\\]/.test(line.slice(withoutEnd.length));
  const statuses = statusesIn(text);
  const [status] = statuses;
  if (onlyMessages && status === undefined) return undefined;
  const passages = status === undefined ? [text] : statuses.map(({ message }) => message);
  let best = leastLetters - 1;
  let found: TableSignature[] = [];
  for (const signature of signatures) {
    if (signature.role !== "failure" || saysOnlyStatus(signature.text)) continue;
    if (!mayStand(signature, text, status)) continue;
    const letters = Math.max(...passages.map((each) => lettersLeft(signature, each, isMarked || status !== undefined)));
    if (letters > best) {
      best = letters;
      found = [];
    }
    if (letters === best) found.push(signature);
  }
  const tied = [...new Set(found.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry))];
  return tied.length === 0 || tied.length > maxTied ? undefined : { tied, text, statuses };
}

function mayStand({ context, code }: TableSignature, text: string, status: ReadStatus | undefined): boolean {
  if (status !== undefined && code !== null && code !== status.code) return false;
  if (status !== undefined) return true;
  if (context === "none") return speaksOfGrpc(text);
  return context === "grpc" && speaksOfGrpc(text) && !isOfOthers(text);
}

/**
 * How many fixed letters of a template the text still holds; 0 when it is not the template's text, or holds all of it, for
 * then it was not cut. `isMarked`: there was more, for somebody says so, or a status has no more to say.
 */
function lettersLeft({ text: template, whole }: TableSignature, text: string, isMarked: boolean): number {
  const parts = partsOf(template);
  const [first = ""] = parts;
  const atFront = overlap(text, first); // the end of the first part, at the beginning of the text
  const begin = text.indexOf(first);
  if (begin >= 0) return (whole && begin > 0) || first === "" ? 0 : follow(parts, text, begin, isMarked);
  if (atFront >= Math.min(leastLetters, first.length)) return follow(parts, text, atFront - first.length, isMarked);
  const left = overlap(first, text); // the beginning of the first part, at the end of the text
  return whole && left < text.length ? 0 : left;
}

/** Letters of all parts in their order. The text may end inside any of them, or inside a hole if it says so. */
function follow(parts: readonly string[], text: string, begin: number, isMarked: boolean): number {
  let letters = Math.min(parts[0]?.length ?? 0, (parts[0]?.length ?? 0) + begin);
  let at = begin + (parts[0]?.length ?? 0);
  for (const part of parts.slice(1)) {
    const next = text.indexOf(part, at);
    if (next < 0) {
      const left = overlap(part, text.slice(at));
      return left >= leastOverlap || isMarked ? letters + left : 0;
    }
    letters += part.length;
    at = next + part.length;
  }
  return begin < 0 ? letters : 0;
}

/** How much of the beginning of `head` stands at the end of `tail`. */
function overlap(head: string, tail: string): number {
  for (let length = Math.min(head.length, tail.length); length > 0; length--) {
    if (tail.endsWith(head.slice(0, length))) return length;
  }
  return 0;
}

/** What some templates have in front of the message, and others leave to the reading of statuses. */
const frame =
  /^(?:rpc error: code = \w{2,20} desc = |io\.grpc\.\{[^}]{1,60}\}: |Error: |\d{1,2} (?=[A-Z])|[A-Z][A-Z_]{4,20}: ){1,3}/;

const known = new Map<string, readonly string[]>();

function partsOf(template: string): readonly string[] {
  let parts = known.get(template);
  if (parts === undefined) {
    parts = fixedParts(template.replace(frame, ""));
    known.set(template, parts);
  }
  return parts;
}

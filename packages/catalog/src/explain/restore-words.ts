/**
 * Writes the known words of a text as their program writes them: letter case, blanks and line breaks inside them are
 * anybody's doing. Knows the fixed parts of all templates; what the text then means is found out by reading it.
 */

import { choicesIn, fixedParts } from "../match/fixed-parts.ts";
import type { SignatureTable } from "../match/signature-table.ts";
import { changeLines, edit, type Edit, type PlacedText } from "../read/placed-text.ts";
import { restoreStatus, statusFrames } from "./restore-status.ts";

interface KnownWords {
  readonly folded: string;
  /** All ways in which programs write them. */
  readonly written: string[];
}

/** Fewer letters are words of everyday language. */
const leastLetters = 10;
/** One plain word is everybody's. */
const isTelling = /[\s_:(]/;
/** The same words seldom stand in one error more than a few times. */
const maxTimes = 20;

const known = new WeakMap<SignatureTable, readonly KnownWords[]>();

/** Time: letters of the text × fixed parts of the table, so it is for short texts. */
export function restoreWords(source: PlacedText, table: SignatureTable): PlacedText {
  const { text } = source;
  const { folded, places } = fold(text);
  const taken = new Uint8Array(folded.length);
  const edits: Edit[] = [];
  for (const words of wordsOf(table)) {
    let at = folded.indexOf(words.folded);
    for (let count = 0; at >= 0 && count < maxTimes; count++) {
      const last = at + words.folded.length - 1;
      // The longest come first, so none that is taken lies wholly inside.
      if (taken[at] === 0 && taken[last] === 0) {
        const from = places[at] ?? 0;
        const to = (places[last] ?? from) + 1;
        if (!touchesWord(text, from, to)) {
          taken.fill(1, at, last + 1);
          const written = likest(text.slice(from, to), words.written);
          if (written !== undefined) edits.push([...withBlanks(text, from, to, written), written]);
        }
      }
      at = folded.indexOf(words.folded, at + 1);
    }
  }
  const words = edit(
    source,
    edits.sort(([a], [b]) => a - b),
  );
  const isKnown = (message: string): boolean =>
    wordsOf(table).some(({ written }) => written.some((each) => message.startsWith(each)));
  return changeLines(words, (line) => restoreStatus(line, isKnown));
}

/** Without blanks and the marks that renderers and quotations add between letters. */
function fold(text: string): { readonly folded: string; readonly places: readonly number[] } {
  let folded = "";
  const places: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (dropped.has(letter)) continue;
    const lower = letter.toLowerCase();
    folded += lower.length === 1 ? lower : letter; // some letters have no single small one
    places.push(at);
  }
  return { folded, places };
}

const dropped = new Set([..." \t\r\n\\*_`>|│"]);
const droppedAll = /[ \t\r\n\\*_`>|\u2502]+/g;

function wordsOf(table: SignatureTable): readonly KnownWords[] {
  let words = known.get(table);
  if (words === undefined) {
    const byFolded = new Map<string, string[]>();
    const add = (written: string, least: number): void => {
      const folded = written.replace(droppedAll, "").toLowerCase();
      if (folded.length < least || (least > 1 && !isTelling.test(written.trim()))) return;
      const ways = byFolded.get(folded);
      if (ways === undefined) byFolded.set(folded, [written]);
      else if (!ways.includes(written)) ways.push(written);
    };
    for (const frame of statusFrames) add(frame, 1);
    for (const { text } of table.signatures) for (const part of wordsIn(text)) add(part, leastLetters);
    words = [...byFolded]
      .map(([folded, written]) => ({ folded, written }))
      .sort((a, b) => b.folded.length - a.folded.length);
    known.set(table, words);
  }
  return words;
}

/** Words without which nothing that is restored could be of gRPC or HTTP/2; folded as texts are. */
const tongue =
  /grpc|rpcerr|rpcexc|http\/?2|h2protocol|rststream|refusedstream|goaway|upstream|tonic|hyper|connecterror|statuscode|cancel|unknown|invalidarg|deadline|notfound|already|permission|exhausted|precondition|aborted|outofrange|unimplemented|internal|unavailable|dataloss|unauthenticated|streamid|stream(?:closed|error|removed|terminated|refused)|transport|subchannel|settings/;

/** Cheap: whether restoring, which is not, may be worth it. */
export function mayBeRestored(text: string): boolean {
  return tongue.test(text.replace(droppedAll, "").toLowerCase());
}

/** What stands between the holes of a template, and the names among which a hole lets choose. */
function wordsIn(template: string): readonly string[] {
  return [...fixedParts(template), ...choicesIn(template).filter((choice) => choice.includes("_"))];
}

/** `INTERNAL_ERROR`: in words it is everyday language. */
function isName(written: string): boolean {
  return /^\w*_\w*$/.test(written);
}

/** The way that shares most letters with what stands there; undefined when it stands there in one of the ways. */
function likest(found: string, ways: readonly string[]): string | undefined {
  if (ways.some((written) => written.trim() === found)) return undefined;
  const letters = new Set(found);
  const fitting = ways.filter((written) => found.includes("_") || !isName(written));
  const shared = (written: string): number => [...new Set(written)].filter((letter) => letters.has(letter)).length;
  return fitting.sort((a, b) => shared(b) / new Set(b).size - shared(a) / new Set(a).size)[0];
}

function touchesWord(text: string, from: number, to: number): boolean {
  const touches = (a: number, b: number): boolean => isWord(text.charAt(a)) && isWord(text.charAt(b));
  return touches(from - 1, from) || touches(to - 1, to);
}

function isWord(letter: string): boolean {
  return /\w/.test(letter);
}

/** Blanks at the ends of the words, and line breaks with what quotations put behind them. */
function withBlanks(text: string, from: number, to: number, written: string): readonly [from: number, to: number] {
  let start = from;
  let end = to;
  if (written.startsWith(" ")) while (start > 0 && /\s/.test(text.charAt(start - 1))) start--;
  if (written.endsWith(" ")) while (end < text.length && /[\s>\u2502|]/.test(text.charAt(end))) end++;
  return [start, end];
}

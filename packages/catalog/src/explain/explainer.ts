/**
 * Explains a stream of bytes of any size: a scanner finds lines worth a look, everything else is done on those and the
 * lines around them. Memory is bounded, time linear, and nothing in the input is ever more than data.
 */

import type { Candidate as Found, Matcher } from "../match/matcher.ts";
import { groupLines, type LineGroup } from "../read/group-lines.ts";
import { speaksOfGrpc } from "../read/implementation-of.ts";
import { ownWords } from "../read/own-words.ts";
import type { AnswerClass } from "./answer-class.ts";
import { answerOfPaste } from "./answer-of-paste.ts";
import { answerOfStatus } from "./answer-of-status.ts";
import { fit, isOwn, type Candidate, type FoundSignature, type Passage, type Surroundings } from "./candidate.ts";
import { ClueMemory } from "./clue-memory.ts";
import { EntryList } from "./entry-list.ts";
import { entriesOfPhrase, entriesOfSystemWords } from "./entries-of-phrase.ts";
import type { ExplainOptions, Explanation, Finding } from "./explanation.ts";
import { failureFacts, firstLine, isSurelyGrpc, lineWith, tellingStatus } from "./failure-lines.ts";
import { FindingList } from "./finding-list.ts";
import { frameWords } from "./frame-words.ts";
import { causeBehind } from "./innermost-cause.ts";
import { judge, type Judgement } from "./judge.ts";
import { LineBuffer } from "./line-buffer.ts";
import { entriesOfGoaway } from "./entries-of-goaway.ts";
import { entryOfNodeStack } from "./node-stack.ts";
import { neighboursSpeak } from "./neighbours-speak.ts";
import { entriesOfPart } from "./part-of-text.ts";
import { readFailure, type Failure } from "./read-failure.ts";
import { surelyBegins, timeInFront } from "./raw-repeats.ts";
import { newOutcome, RepeatMemory, type Outcome } from "./repeat-memory.ts";
import { shownLine } from "./shown-line.ts";
import { saysOnlyStatus } from "./status-alone.ts";
import { ToUtf8 } from "./to-utf8.ts";
import { ToldLines } from "./told-lines.ts";

export interface Explainer {
  /** Bytes in the order of the input; they may end anywhere, and may be changed afterwards. */
  push(bytes: Uint8Array): void;
  /**
   * Tells what was found. Nothing can be pushed after it. It may be called again with other answers to questions, for the
   * ties then thin out differently. Default: the answers of the options.
   */
  end(answers?: Readonly<Record<string, string>>): Explanation;
  /** After `end`: the kind of each finding's answer, in their order; for measuring how often each kind is right. */
  readonly answerClasses: readonly AnswerClass[];
}

/** Input is worked off in pieces of this size, whatever is pushed at once. */
const pieceBytes = 262_144; // 256 KiB: a few hundred reads of a pipe for each piece of overhead

/** A pasted error is looked through without the scanner, which takes longer to make than this takes to read. */
const smallBytes = 4_096;

/** Promised by `Explanation.notKnown`. */
const maxNotKnown = 20;

/** An input of one line and not more bytes than this may be a bare text. */
const maxBareBytes = 2_000; // the longest text of the catalog has some 300

/** `repeats`: for tests, which compare an explainer that remembers with one that does not. */
export function createExplainer(
  matcher: Matcher,
  options: ExplainOptions = {},
  repeats = new RepeatMemory(matcher.table),
): Explainer {
  return new StreamExplainer(matcher, options, repeats);
}

type Lines = Pick<LineGroup, "first" | "last">;

class StreamExplainer implements Explainer {
  readonly #matcher: Matcher;
  readonly #answers: Readonly<Record<string, string>>;
  readonly #entries: EntryList;
  readonly #buffer = new LineBuffer();
  readonly #findings: FindingList;
  readonly #clues = new ClueMemory();
  readonly #repeats: RepeatMemory;
  /** Of the failure that is being explained. */
  #outcome: Outcome = newOutcome();
  readonly #notKnown: Explanation["notKnown"][number][] = [];
  readonly #toUtf8 = new ToUtf8();
  #bytesRead = 0;
  /** Lines that belong to failures already told. */
  readonly #told = new ToldLines();
  /** More came than is looked through without the scanner. */
  #isLong = false;
  #isEnded = false;
  answerClasses: readonly AnswerClass[] = [];

  constructor(matcher: Matcher, { answers = {} }: ExplainOptions, repeats: RepeatMemory) {
    this.#matcher = matcher;
    this.#repeats = repeats;
    this.#answers = answers;
    this.#entries = new EntryList(matcher.table.entries, matcher.foreign);
    this.#findings = new FindingList(this.#entries, matcher.table.questions);
  }

  push(input: Uint8Array): void {
    this.#bytesRead += input.length;
    this.#take(this.#toUtf8.push(input));
  }

  #take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      this.#buffer.append(bytes.subarray(at, at + pieceBytes));
      this.#work(false);
    }
  }

  end(answers = this.#answers): Explanation {
    if (!this.#isEnded) {
      this.#isEnded = true;
      this.#take(this.#toUtf8.end());
      this.#work(true);
      if (this.#findings.isEmpty) this.#explainBare();
      if (this.#findings.isEmpty) this.#explainPhrases();
    }
    const found = this.#findings.finish(answers);
    this.answerClasses = found.map(([, kind]) => kind);
    const findings: readonly Finding[] = found.map(([finding]) => finding);
    return {
      known: findings.length > 0,
      findings,
      notKnown: this.#notKnown,
      linesRead: this.#buffer.linesRead,
      bytesRead: this.#bytesRead,
    };
  }

  #work(isEnd: boolean): void {
    const [from, to] = this.#buffer.takeRange(isEnd);
    if (to > from) {
      this.#isLong = from > 0 || to > smallBytes;
      const hits = !this.#isLong ? this.#buffer.linesWith(this.#matcher.literals, to) : this.#scan(from, to);
      for (const at of hits) this.#lookAt(at);
    }
    this.#buffer.drop();
  }

  #scan(from: number, to: number): readonly number[] {
    const hits: number[] = [];
    const { scanner } = this.#matcher;
    // A range that begins inside a long line: a text may stand across the border.
    const start = Math.max(0, from - scanner.longest);
    scanner.scan(this.#buffer.bytes, (at) => hits.push(at), start, to);
    return hits.sort((a, b) => a - b);
  }

  #lookAt(at: number): void {
    // More hits in what was just looked at. Checked first: a hostile line has a hit every few bytes.
    if (this.#buffer.placeOf(at) < this.#buffer.shownTo) return;
    if (this.#buffer.isSpent(at)) return;
    const number = this.#buffer.visit(at);
    if (!this.#buffer.isWindow && this.#told.has(number)) return;
    this.#told.forgetBefore(number);
    if (this.#isLong && !this.#buffer.isWindow && this.#repeatLine(number)) {
      this.#told.add(number);
      return;
    }
    const group = groupLines(this.#buffer, number);
    if (group === undefined) return;
    for (const { number: told } of group.lines) this.#told.add(told);
    // What was read in one go may be a single error, and nothing is worth remembering for that.
    const key = this.#isLong ? this.#repeats.keyOf(group) : undefined;
    const timeMs = group.lines.find(({ line }) => line.timeMs !== undefined)?.line.timeMs;
    if (key !== undefined && this.#repeat(this.#repeats.get(key), group, timeMs)) {
      this.#rememberLine(group, key);
      return;
    }
    this.#outcome = newOutcome();
    this.#explain(readFailure(group));
    if (key === undefined || this.#outcome.isUnsure === true) return;
    this.#repeats.add(key, this.#outcome);
    this.#rememberLine(group, key);
  }

  #rememberLine({ first, last, lines: [only] }: LineGroup, key: string): void {
    const range = first === last && !this.#buffer.isWindow ? this.#buffer.rangeOf(first) : undefined;
    if (range !== undefined && only !== undefined) this.#repeats.setLine(this.#buffer.bytes, ...range, only.line, key);
  }

  /** Tells again what a line of its own was before, without reading it; false when that cannot be said by its bytes. */
  #repeatLine(number: number): boolean {
    const { bytes } = this.#buffer;
    const range = this.#buffer.rangeOf(number);
    const known = range && this.#repeats.getLine(bytes, ...range);
    if (range === undefined || known === undefined) return false;
    const below = this.#buffer.rangeOf(number + 1);
    if (below !== undefined && !surelyBegins(bytes, ...below)) return false;
    return this.#repeat(known, { first: number, last: number }, timeInFront(bytes, range[0]));
  }

  /** Tells a failure again that was explained before; false when what stands around it might change the answer. */
  #repeat(known: readonly Outcome[], group: Lines, timeMs: number | undefined): boolean {
    const { first, last } = group;
    let speaks: boolean | undefined;
    for (const { finding, clues, around, meant, near } of known) {
      if (near !== this.#nearOf(meant, first, timeMs)) continue;
      if (around !== undefined && around !== (speaks ??= neighboursSpeak(this.#buffer, group))) continue;
      for (const entry of clues) this.#addClue(entry, last, timeMs);
      const lines = [first, last] as const;
      if (finding !== undefined) this.#findings.repeat(finding, timeMs === undefined ? { lines } : { lines, timeMs });
      return true;
    }
    return false;
  }

  /** Those of the entries that have a clue in reach of this line. */
  #nearOf(meant: ReadonlySet<number>, line: number, timeMs: number | undefined): string {
    if (meant.size === 0 || this.#clues.isEmpty) return "";
    const near = [...this.#clues.near(line, timeMs)].filter((entry) => meant.has(entry));
    return near.sort((a, b) => a - b).join(" ");
  }

  #addClue(entry: number, line: number, timeMs: number | undefined): void {
    this.#clues.add(entry, line, timeMs);
    this.#findings.addClue(entry, line, timeMs);
  }

  #explain(failure: Failure): void {
    const own = ownWords([failure.text, ...failure.records].join("\n"), this.#matcher.table.reasons ?? {});
    const ownEntry = own && this.#entries.indexOf(own.id);
    const candidates = this.#candidates(failure, this.#surroundings(failure));
    const failures = candidates.filter(({ signature }) => signature.role === "failure");
    if (own !== undefined && ownEntry !== undefined) {
      const foreign = own.isPeers ? failures.filter((each) => !isOwn(each)) : [];
      const theirs = judge(foreign, new Set());
      if (theirs !== undefined) {
        this.#addJudged(failure, { ...theirs, tied: [...new Set([...theirs.tied, ownEntry])] }, theirs.kind);
        return;
      }
      // A reason stands for several causes; where the words behind it name one, they decide.
      const others = own.isExact ? [] : candidates.filter(isOwn);
      const named = others.filter(({ signature }) => !signature.text.startsWith("["));
      const entries = (named.length > 0 ? named : others).map(({ signature }) => signature.entry);
      const tied = [...new Set(named.length > 0 ? entries : [ownEntry, ...entries])];
      const line = lineWith(failure, own.words) ?? firstLine(failure);
      this.#add(failure, tied, "own", line, undefined, own.processed);
      return;
    }
    const byStack = this.#entries.indexOf(entryOfNodeStack(failure.text) ?? "");
    if (byStack !== undefined) {
      this.#add(failure, [byStack], "tie-sharpened", lineWith(failure, "http2") ?? firstLine(failure));
      return;
    }
    const near = this.#clues.near(failure.first, failure.timeMs);
    this.#outcome.meant = new Set(failures.map(({ signature }) => signature.entry));
    this.#outcome.near = this.#nearOf(this.#outcome.meant, failure.first, failure.timeMs);
    for (const { signature } of candidates) {
      if (signature.role !== "clue") continue;
      this.#addClue(signature.entry, failure.last, failure.timeMs);
      this.#outcome.clues.push(signature.entry);
    }
    const judgement = judge(failures, new Set([...near, ...this.#outcome.clues]));
    if (judgement !== undefined) {
      this.#addJudged(failure, judgement, judgement.kind);
      return;
    }
    const byStatus = answerOfStatus(failure, this.#entries, this.#matcher.table);
    if (byStatus === undefined) this.#noteUnknown(failure);
    else this.#add(failure, byStatus.tied, byStatus.kind, byStatus.line);
  }

  #surroundings(failure: Failure): Surroundings {
    const buffer = this.#buffer;
    const outcome = this.#outcome;
    let speaks: boolean | undefined;
    return {
      isBare: false,
      ...(failure.implementation === undefined ? {} : { implementation: failure.implementation }),
      get speaksOfGrpc() {
        speaks ??= speaksOfGrpc(failure.text) || (outcome.around = neighboursSpeak(buffer, failure));
        return speaks;
      },
    };
  }

  #candidates({ passages, text: whole }: Failure, around: Surroundings): readonly Candidate[] {
    const found: Candidate[] = [];
    const literals = this.#matcher.literalsIn(whole);
    const seen = new Set<string>();
    for (const passage of passages) {
      // The same words in an error's message, its stack and its object are looked at once.
      const key = `${passage.isMessage} ${passage.status?.code ?? ""} ${passage.text}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const among = whole.includes(passage.text) ? literals : undefined;
      for (const each of this.#matcher.matchMessage(passage.text, among)) {
        if (each.kind === "signature" && saysOnlyStatus(each.signature.text)) continue; // see `status-alone.ts`
        const candidate = fit(this.#signatureOf(each), passage, around);
        if (candidate !== undefined) found.push(candidate);
      }
    }
    return found;
  }

  #signatureOf(found: Found): FoundSignature {
    return found.kind === "signature"
      ? found
      : { match: found.match, signature: this.#entries.signatureOf(found.pattern) };
  }

  #addJudged(failure: Failure, { tied, by }: Judgement, kind: AnswerClass): void {
    const words = by.passage.text.slice(by.match.start, by.match.end);
    // A template that takes any code is a last resort: what this code means comes first, whatever status is beside it.
    const isAnyCode = "http2_code" in by.match.values && by.signature.rank > 1 && words.includes("RST_STREAM");
    const first = isAnyCode
      ? entriesOfPhrase(words, this.#entries)
      : [...entriesOfGoaway(by, this.#entries), ...entriesOfSystemWords(failure.text, this.#entries)];
    const line = lineWith(failure, words, by.passage.line) ?? by.passage;
    const outer = frameWords(words, by.signature.text, this.#entries.at(by.signature.entry));
    const causes = isAnyCode ? [] : causeBehind(outer, failure.text, tied, this.#entries);
    // A text of one entry speaks for itself first; of several, and of one that is a frame, the cause behind it tells which.
    const isSaid = tied.length === 1 && outer === words;
    const all = isSaid ? [...first, ...tied, ...causes] : [...first, ...causes, ...tied];
    this.#add(failure, [...new Set(all)], kind, line, by);
  }

  #add(
    failure: Failure,
    tied: readonly number[],
    kind: AnswerClass,
    line: Passage | undefined,
    by?: Candidate,
    processed?: Finding["processed"],
  ): void {
    const text = shownLine(
      line?.text ?? failure.text,
      by?.passage.text.slice(by.match.start, by.match.start + 40) ?? "",
    );
    const lines = [failure.first, failure.last] as const;
    this.#outcome.finding = this.#findings.add(
      {
        tied,
        kind,
        lines,
        text,
        ...(failure.timeMs === undefined ? {} : { timeMs: failure.timeMs }),
        ...(failure.statuses[0] === undefined ? {} : { code: failure.statuses[0].code }),
        ...(processed === undefined ? {} : { processed }),
      },
      () => failureFacts(failure, by),
    );
  }

  /** A failed call that no signature knows is worth a word; any other line is not. */
  #noteUnknown(failure: Failure): void {
    if (this.#notKnown.length >= maxNotKnown) return;
    const status = tellingStatus(failure);
    if (status === undefined || !isSurelyGrpc(status, failure)) return;
    const line = lineWith(failure, status.message.slice(0, 40)) ?? failure.passages.find(({ isMessage }) => !isMessage);
    this.#outcome.isUnsure = true; // the next one is noted too, until there are enough
    this.#notKnown.push({
      line: line?.line ?? failure.first,
      text: shownLine(line?.text ?? status.message, status.message.slice(0, 40)),
      facts: failureFacts(failure, undefined),
    });
  }

  /** Nothing was found: an input that is one text and nothing else is answered even where more would be asked for. */
  #explainBare(): void {
    const number = this.#buffer.onlyLine(maxBareBytes);
    const group = number === undefined ? undefined : groupLines(this.#buffer, number);
    if (group !== undefined) {
      const failure = readFailure(group);
      const around: Surroundings = { ...this.#surroundings(failure), isBare: true };
      const candidates = this.#candidates(failure, around);
      const judged = judge(
        candidates.filter(({ signature }) => signature.role === "failure"),
        new Set(),
      );
      const part = failure.statuses.length === 0 ? entriesOfPart(failure.text, this.#matcher.table) : [];
      if (part.length > 0) {
        this.#add(failure, part, judged === undefined ? "part-of-text" : "bare-text", firstLine(failure), judged?.by);
      } else if (judged !== undefined) {
        this.#addJudged(failure, judged, judged.kind.startsWith("tie") ? judged.kind : "bare-text");
      } else {
        const clues = judge(candidates, new Set());
        if (clues !== undefined) this.#addJudged(failure, clues, "clue-only");
      }
    }
    if (!this.#findings.isEmpty) this.#notKnown.length = 0;
  }

  /** A short input that no signature knows. */
  #explainPhrases(): void {
    const group = this.#buffer.wholeInput(smallBytes);
    const answer = group && answerOfPaste(group, this.#entries, this.#matcher.table);
    if (answer === undefined) return;
    this.#add(answer.failure, answer.tied, answer.kind, answer.line);
    this.#notKnown.length = 0;
  }
}

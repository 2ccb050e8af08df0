/**
 * Explains as `explainer.ts` does, and reads a short input again when that found nothing sure: without escapes, with its
 * words as programs write them, with its lines joined, and at last as a text that was cut. Owns the order of these
 * attempts and what each may claim; large inputs pass through untouched.
 */

import type { Matcher } from "../match/matcher.ts";
import { evenLetters } from "../read/even-letters.ts";
import { factsOf } from "../read/facts-of.ts";
import { http2CodeOf } from "../read/http2-code.ts";
import { implementationOf, speaksOfGrpc } from "../read/implementation-of.ts";
import { isBroken } from "../read/is-broken.ts";
import { likelyGlues, wrappingOf } from "../read/wrapping-of.ts";
import { joinWrapped } from "../read/join-wrapped.ts";
import { readJsonObject } from "../read/log-record.ts";
import { changeLines, originOf, placed, type LineRange, type PlacedText } from "../read/placed-text.ts";
import { statusesIn } from "../read/statuses-in.ts";
import { unescapeLayers } from "../read/unescape-layers.ts";
import { answerClasses, type AnswerClass } from "./answer-class.ts";
import { readCut } from "./cut-text.ts";
import { maxTied } from "./entries-of-family.ts";
import { EntryList } from "./entry-list.ts";
import { createExplainer, type Explainer } from "./explainer.ts";
import type { ExplainOptions, Explanation, Finding } from "./explanation.ts";
import { FindingList } from "./finding-list.ts";
import { mayBeRestored, restoreWords } from "./restore-words.ts";
import { shownLine } from "./shown-line.ts";
import { ToUtf8 } from "./to-utf8.ts";

/** What a person pastes; more is a log, in which the same failure stands more than once, and somewhere unharmed. */
const maxAgainBytes = 4_096;

/** A cut text stands in the line that was pasted, or in one of the first of a few. */
const maxCutLines = 20;

/** Answers that a better reading may replace. */
const unsure: ReadonlySet<AnswerClass> = new Set<AnswerClass>([
  "status-only",
  "vague-status-only",
  "unavailable-only",
  "phrase",
  "family",
  "clue-only",
  "part-of-text",
  "status-differs",
]);

/** Answers by a status alone: what reads its message too says more. */
const byStatus: ReadonlySet<AnswerClass> = new Set<AnswerClass>([
  "status-only",
  "vague-status-only",
  "unavailable-only",
]);

/** Answers that no known text stands behind, so that even the rest of one says more. */
const wordless: ReadonlySet<AnswerClass> = new Set<AnswerClass>([...byStatus, "phrase", "family"]);

export function createPatientExplainer(matcher: Matcher, options: ExplainOptions = {}): Explainer {
  return new PatientExplainer(matcher, options);
}

/** What an input was found to be when it was read again. */
interface Reading {
  explain(answers: Readonly<Record<string, string>>): Omit<Explanation, "linesRead" | "bytesRead">;
  /** Of the answer that `explain` gave last; before that, of the one without answers to questions. */
  readonly classes: readonly AnswerClass[];
  /** Something in it is known by its text. */
  readonly isSure: boolean;
}

class PatientExplainer implements Explainer {
  readonly #matcher: Matcher;
  readonly #answers: Readonly<Record<string, string>>;
  readonly #first: Explainer;
  /** All of the input while it is short. */
  #kept: Uint8Array | undefined = new Uint8Array(0);
  /** `null`: the first reading is the best. */
  #again: Reading | null | undefined;

  constructor(matcher: Matcher, options: ExplainOptions) {
    this.#matcher = matcher;
    this.#answers = options.answers ?? {};
    this.#first = createExplainer(matcher, options);
  }

  push(bytes: Uint8Array): void {
    this.#first.push(bytes);
    const kept = this.#kept;
    if (kept === undefined) return;
    const length = kept.length + bytes.length;
    this.#kept = length > maxAgainBytes ? undefined : new Uint8Array(length);
    this.#kept?.set(kept);
    this.#kept?.set(bytes, kept.length);
  }

  end(answers = this.#answers): Explanation {
    // Which reading is the best is a matter of the text: no answer makes it another.
    this.#again ??= this.#readAgain(this.#first.end({})) ?? null;
    const first = this.#first.end(answers);
    const { linesRead, bytesRead } = first;
    return this.#again === null ? first : { ...this.#again.explain(answers), linesRead, bytesRead };
  }

  get answerClasses(): readonly AnswerClass[] {
    return this.#again?.classes ?? this.#first.answerClasses;
  }

  #readAgain(first: Explanation): Reading | undefined {
    if (this.#kept === undefined) return undefined;
    const toUtf8 = new ToUtf8();
    const decoder = new TextDecoder();
    const text = decoder.decode(toUtf8.push(this.#kept), { stream: true }) + decoder.decode(toUtf8.end());
    const input = placed(text);
    const plain = changeLines(input, (line) => evenLetters(unescapeLayers(line)));
    const wrapped = this.#readWrapped(plain, first);
    if (wrapped !== undefined) return wrapped;
    const isUnsure = this.#first.answerClasses.every((kind) => unsure.has(kind));
    if (!isUnsure) return this.#readDamaged(input, first);
    const unescaped = plain.text === text ? undefined : this.#read(plain);
    if (unescaped !== undefined && (!first.known || unescaped.isSure)) return unescaped;
    const isByStatus = this.#first.answerClasses.every((kind) => byStatus.has(kind));
    const unsureBetter = isByStatus ? unescaped : undefined;
    if (!mayBeRestored(plain.text)) return unsureBetter;
    for (const each of [plain, joinWrapped(plain, " "), joinWrapped(plain, "")]) {
      const reading = each === undefined ? undefined : this.#readRestored(each, text);
      if (reading !== undefined) return reading;
    }
    const isByText = this.#first.answerClasses.some((kind) => !wordless.has(kind));
    // Which code of HTTP/2 ended the call says more than which text its letters are the beginning of.
    const isByCode = this.#first.answerClasses.includes("phrase") && http2CodeOf(plain.text) !== undefined;
    if (isByText || isByCode) return unsureBetter;
    return this.#readCut(restoreWords(plain, this.#matcher.table), first) ?? unsureBetter;
  }

  /** One known text that goes over the ends of lines: whatever its pieces were taken for, they are one failure. */
  #readWrapped(plain: PlacedText, first: Explanation): Reading | undefined {
    const wrapping = wrappingOf(plain.text);
    // Lines that each say something by themselves are more likely several failures.
    if (wrapping === "none" || (wrapping === "possible" && first.findings.length > 1)) return undefined;
    for (const glue of likelyGlues(plain.text)) {
      const joined = joinWrapped(plain, glue);
      const reading = joined === undefined ? undefined : this.#read(joined);
      if (reading?.classes.length !== 1 || (first.known && !reading.isSure)) continue;
      const [finding] = reading.explain({}).findings;
      const isSame = first.findings.length === 1 && first.findings[0]?.tied.join() === finding?.tied.join();
      return isSame ? undefined : reading;
    }
    return undefined;
  }

  /** Something sure was found in a text that is not as its program wrote it: there may be more to it. */
  #readDamaged(input: PlacedText, first: Explanation): Reading | undefined {
    const plain = changeLines(input, (line) =>
      evenLetters(readJsonObject(line) === undefined ? unescapeLayers(line) : line),
    );
    if (plain.text === input.text.replaceAll("\t", " ") && !isBroken(input.text)) return undefined;
    const reading = this.#readRestored(plain, input.text);
    if (reading === undefined) return undefined;
    const { findings } = reading.explain({});
    const isSame = findings.every(({ id }) => first.findings.some(({ tied }) => tied.includes(id)));
    return isSame || findings.length < first.findings.length ? undefined : reading;
  }

  #readRestored(plain: PlacedText, text: string): Reading | undefined {
    const restored = restoreWords(plain, this.#matcher.table);
    if (restored.text === text) return undefined;
    const reading = this.#read(restored, "text-restored");
    return reading !== undefined && reading.isSure && isGrpc(restored.text) ? reading : undefined;
  }

  /** Undefined when nothing is found. `kind`: what its answers are at most. */
  #read(made: PlacedText, kind?: AnswerClass): Reading | undefined {
    const explainer = createExplainer(this.#matcher);
    explainer.push(new TextEncoder().encode(made.text));
    if (!explainer.end().known) return undefined;
    return {
      // What a status says by itself is no surer for having been read in another writing.
      isSure: explainer.answerClasses.some((each) => !unsure.has(each)),
      get classes() {
        return explainer.answerClasses.map((each) =>
          kind !== undefined && answerClasses[each] > answerClasses[kind] ? kind : each,
        );
      },
      explain(answers) {
        const { findings, notKnown, ...rest } = explainer.end(answers);
        const { classes } = this;
        return {
          ...rest,
          findings: findings.map((each, at) => toldOfInput(each, classes[at], made)),
          notKnown: notKnown.map((each) => ({ ...each, line: originOf(made, [each.line, each.line])[0] })),
        };
      },
    };
  }

  /** `first`: what was found without it, which may be right all the same. */
  #readCut(made: PlacedText, first: Explanation): Reading | undefined {
    const isByStatus = this.#first.answerClasses.some((kind) => kind !== "phrase" && kind !== "family");
    const { table, foreign } = this.#matcher;
    const lines = made.text.split("\n");
    for (const [index, line] of lines.slice(0, maxCutLines).entries()) {
      const cut = readCut(line, table, isByStatus);
      if (cut === undefined) continue;
      const entries = new EntryList(table.entries, foreign);
      const list = new FindingList(entries, table.questions);
      const before = first.findings.flatMap(({ tied }) => tied).flatMap((id) => entries.indexOf(id) ?? []);
      const facts = factsOf(cut.text, cut.statuses, implementationOf(cut.text, cut.statuses));
      list.add(
        {
          tied: [...new Set([...cut.tied, ...before])].slice(0, Math.max(cut.tied.length, maxTied)),
          kind: "part-of-text",
          lines: originOf(made, [index + 1, index + 1]),
          text: shownLine(cut.text, ""),
        },
        () => facts,
      );
      let found = list.finish({});
      return {
        get classes() {
          return found.map(([, kind]) => kind);
        },
        isSure: false,
        explain(answers) {
          found = list.finish(answers);
          return { known: true, findings: found.map(([finding]) => finding), notKnown: [] };
        },
      };
    }
    return undefined;
  }
}

/** Words in any letter case and with any blanks are many people's words; a status or a word of gRPC must stand with them. */
function isGrpc(text: string): boolean {
  return (
    implementationOf(text, []) !== undefined ||
    speaksOfGrpc(text) ||
    text.split("\n").some((line) => statusesIn(line).length > 0)
  );
}

/** Lines of a reading as lines of the input. */
function toldOfInput(finding: Finding, kind: AnswerClass | undefined, made: PlacedText): Finding {
  const most = kind === undefined ? 1 : answerClasses[kind];
  const place = (lines: LineRange): LineRange => originOf(made, lines);
  return {
    ...finding,
    confidence: Math.min(finding.confidence, most),
    lines: place(finding.lines),
    occurrences: finding.occurrences.map(place),
  };
}

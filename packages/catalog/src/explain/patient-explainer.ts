/**
 * Explains as `explainer.ts` does, and reads a short input again when that found nothing sure: without escapes, with its
 * words as programs write them, with its lines joined, and at last as a text that was cut. Owns the order of these
 * attempts and what each may claim; large inputs pass through untouched.
 */

import type { Matcher } from "../match/matcher.ts";
import { evenLetters } from "../read/even-letters.ts";
import { factsOf } from "../read/facts-of.ts";
import { implementationOf } from "../read/implementation-of.ts";
import { joinWrapped } from "../read/join-wrapped.ts";
import { unescapeLayers } from "../read/unescape-layers.ts";
import { answerClasses, type AnswerClass } from "./answer-class.ts";
import { readCut } from "./cut-text.ts";
import { EntryList } from "./entry-list.ts";
import { createExplainer, type Explainer } from "./explainer.ts";
import type { ExplainOptions, Explanation, Finding } from "./explanation.ts";
import { FindingList } from "./finding-list.ts";
import { restoreWords } from "./restore-words.ts";
import { shownLine } from "./shown-line.ts";

/** What a person pastes; more is a log, in which the same failure stands more than once, and somewhere unharmed. */
const maxAgainBytes = 4_096;

/** Answers that a better reading may replace. */
const unsure: ReadonlySet<AnswerClass> = new Set<AnswerClass>([
  "status-only",
  "vague-status-only",
  "clue-only",
  "part-of-text",
  "status-differs",
]);

export function createPatientExplainer(matcher: Matcher, options: ExplainOptions = {}): Explainer {
  return new PatientExplainer(matcher, options);
}

/** What an input was found to be when it was read again. */
interface Reading {
  explain(answers: Readonly<Record<string, string>>): Omit<Explanation, "linesRead" | "bytesRead">;
  readonly classes: readonly AnswerClass[];
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
    const first = this.#first.end(answers);
    this.#again ??= this.#readAgain(first) ?? null;
    return this.#again === null ? first : { ...first, ...this.#again.explain(answers) };
  }

  get answerClasses(): readonly AnswerClass[] {
    return this.#again?.classes ?? this.#first.answerClasses;
  }

  #readAgain(first: Explanation): Reading | undefined {
    if (this.#kept === undefined || !this.#first.answerClasses.every((kind) => unsure.has(kind))) return undefined;
    const text = new TextDecoder().decode(this.#kept);
    const plain = evenLetters(unescapeLayers(text));
    if (plain !== text) {
      const reading = this.#read(plain, first.linesRead);
      if (reading !== undefined && (!first.known || isSure(reading))) return reading;
    }
    const joined = [plain, joinWrapped(plain, " "), joinWrapped(plain, "")];
    for (const each of new Set(joined)) {
      const restored = each === undefined ? undefined : restoreWords(each, this.#matcher.table);
      if (restored === undefined || restored === text) continue;
      const reading = this.#read(restored, first.linesRead, "text-restored");
      if (reading !== undefined && isSure(reading)) return reading;
    }
    return first.known ? undefined : this.#readCut(restoreWords(plain, this.#matcher.table), first.linesRead);
  }

  /** Undefined when nothing is found. `kind`: what its answers are at most. */
  #read(text: string, linesRead: number, kind?: AnswerClass): Reading | undefined {
    const explainer = createExplainer(this.#matcher, { answers: this.#answers });
    explainer.push(new TextEncoder().encode(text));
    if (!explainer.end().known) return undefined;
    const classes = explainer.answerClasses.map((each) =>
      kind !== undefined && answerClasses[each] > answerClasses[kind] ? kind : each,
    );
    const lines = lineMap(text, linesRead);
    return {
      classes,
      explain: (answers) => {
        const explanation = explainer.end(answers);
        return { ...explanation, findings: explanation.findings.map((each, at) => placed(each, classes[at], lines)) };
      },
    };
  }

  #readCut(text: string, linesRead: number): Reading | undefined {
    const { table, foreign } = this.#matcher;
    const lines = text.split("\n");
    for (const [index, line] of lines.entries()) {
      const cut = readCut(line, table);
      if (cut === undefined) continue;
      const list = new FindingList(new EntryList(table.entries, foreign), table.questions);
      const at = lineMap(text, linesRead)(index + 1);
      const facts = factsOf(cut.text, cut.statuses, implementationOf(cut.text, cut.statuses));
      list.add({ tied: cut.tied, kind: "part-of-text", lines: [at, at], text: shownLine(cut.text, "") }, () => facts);
      return {
        classes: ["part-of-text"],
        explain: (answers) => ({
          known: true,
          findings: list.finish(answers).map(([finding]) => finding),
          notKnown: [],
        }),
      };
    }
    return undefined;
  }
}

function isSure({ classes }: Reading): boolean {
  return classes.some((kind) => !unsure.has(kind));
}

function placed(finding: Finding, kind: AnswerClass | undefined, lineOf: (line: number) => number): Finding {
  const most = kind === undefined ? 1 : answerClasses[kind];
  const place = ([from, to]: readonly [number, number]): readonly [number, number] => [lineOf(from), lineOf(to)];
  return {
    ...finding,
    confidence: Math.min(finding.confidence, most),
    lines: place(finding.lines),
    occurrences: finding.occurrences.map(place),
  };
}

/** Lines of a reading told as lines of the input. Where their numbers differ, an escaped or joined text is one failure. */
function lineMap(text: string, linesRead: number): (line: number) => number {
  const own = text.trimEnd().split("\n").length;
  return own === linesRead ? (line) => line : (line) => Math.max(1, Math.min(line, linesRead));
}

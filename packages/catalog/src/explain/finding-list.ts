/** Collects what was found: counts repeats, keeps the order of the input, and stays small whatever comes. */

import type { TableQuestion } from "../match/signature-table.ts";
import type { ProcessedAnswer, StatusName } from "../record/vocabulary.ts";
import { answerClasses, type AnswerClass } from "./answer-class.ts";
import { chooseQuestion, thinByAnswers, type ThinnedTie } from "./choose-question.ts";
import type { EntryList } from "./entry-list.ts";
import type { Finding, QuestionOffer, ReadFacts } from "./explanation.ts";
import { entriesOfTimer } from "./known-timers.ts";
import { LateClues, type Tie } from "./late-clues.ts";

/** Promised by `Finding.occurrences`. */
const maxOccurrences = 1_000;
/** More different failures than this are told apart by their entries alone: nobody reads them. */
const maxDistinct = 1_000;

export interface NewFinding {
  /** Indexes into the table's entries. */
  readonly tied: readonly number[];
  readonly kind: AnswerClass;
  readonly lines: readonly [first: number, last: number];
  readonly timeMs?: number;
  readonly code?: StatusName;
  /** What the evidence of this very call says, when the failure named it. */
  readonly processed?: ProcessedAnswer;
  readonly text: string;
}

/** A finding as the list holds it, for telling that it came again. */
export interface KeptFinding extends NewFinding, Tie {
  readonly facts: ReadFacts;
  readonly occurrences: (readonly [number, number])[];
  readonly timesMs: number[];
  count: number;
}

interface ToldTie extends ThinnedTie {
  readonly kept: KeptFinding;
  /** The times between its occurrences are those of a timer that an entry is known by, or clues behind them agree. */
  readonly isSharpened: boolean;
}

export class FindingList {
  readonly #entries: EntryList;
  readonly #questions: readonly TableQuestion[];
  readonly #kept = new Map<string, KeptFinding>();
  readonly #lateClues = new LateClues();
  /** By the ids of a tie: many findings have the same. */
  readonly #offers = new Map<string, QuestionOffer | undefined>();

  constructor(entries: EntryList, questions: readonly TableQuestion[]) {
    this.#entries = entries;
    this.#questions = questions;
  }

  get isEmpty(): boolean {
    return this.#kept.size === 0;
  }

  /** `facts` is asked only for a failure that was not there before: reading them is the dearest part. */
  add(found: NewFinding, facts: () => ReadFacts): KeptFinding {
    // What is said of one must be true of all that are counted with it.
    const answer = `${found.tied.join(" ")} ${found.kind} ${found.processed ?? ""} ${found.code ?? ""}`;
    const exact = `${answer} ${normalised(found.text)}`;
    const key = this.#kept.size < maxDistinct || this.#kept.has(exact) ? exact : answer;
    let kept = this.#kept.get(key);
    if (kept === undefined) {
      kept = { ...found, facts: facts(), occurrences: [], timesMs: [], count: 0, cluesBehind: new Map() };
      this.#kept.set(key, kept);
    }
    this.repeat(kept, found);
    return kept;
  }

  repeat(kept: KeptFinding, { lines, timeMs }: Pick<NewFinding, "lines" | "timeMs">): void {
    kept.count++;
    if (kept.kind.startsWith("tie-of-")) this.#lateClues.await(kept, lines[1], timeMs);
    if (kept.occurrences.length >= maxOccurrences) return;
    kept.occurrences.push(lines);
    if (timeMs !== undefined) kept.timesMs.push(timeMs);
  }

  /** A line behind what was added that makes an entry likelier. */
  addClue(entry: number, line: number, timeMs: number | undefined): void {
    this.#lateClues.add(entry, line, timeMs);
  }

  /** The findings, and what kind of answer each is. */
  finish(answers: Readonly<Record<string, string>>): readonly (readonly [Finding, AnswerClass])[] {
    const thinned = [...this.#kept.values()].map((kept): ToldTie => {
      const all = kept.tied.map((entry) => this.#entries.at(entry).id);
      const spokenFor = all.length > 1 ? [...entriesOfTimer(kept.timesMs), ...this.#withClues(kept)] : [];
      const first = all.filter((id) => spokenFor.includes(id));
      const ordered = [...first, ...all.filter((id) => !first.includes(id))];
      return { ...thinByAnswers(ordered, this.#questions, answers), kept, isSharpened: first.length > 0 };
    });
    this.#offers.clear();
    const ofUse = new Set(thinned.flatMap(({ fitting }) => fitting.map(({ id }) => id)));
    return thinned.map((tie) => this.#finding(tie, answers, ofUse));
  }

  /** Entries with a clue behind each occurrence: what is said of one is said of all. */
  #withClues({ tied, count, cluesBehind }: KeptFinding): readonly string[] {
    const found = tied.filter((entry) => cluesBehind.get(entry) === count);
    return found.length < tied.length ? found.map((entry) => this.#entries.at(entry).id) : [];
  }

  /** `ofUse`: the questions whose answer fits some finding. */
  #finding(
    { kept, left: tied, contradicted: against, isSharpened }: ToldTie,
    answers: Readonly<Record<string, string>>,
    ofUse: ReadonlySet<string>,
  ): readonly [Finding, AnswerClass] {
    const count = kept.tied.length;
    const kind = tied.length < count ? "answered" : isSharpened ? "tie-sharpened" : kept.kind;
    const question = this.#offer(tied, answers);
    const contradicted = against.filter(({ id }) => count > 1 || !ofUse.has(id));
    const finding: Finding = {
      id: tied[0] ?? "",
      tied,
      confidence: answerClasses[kind],
      lines: kept.lines,
      occurrences: kept.occurrences,
      count: kept.count,
      processed: kept.processed ?? this.#processed(tied),
      text: kept.text,
      facts: kept.facts,
      ...(question === undefined ? {} : { question }),
      ...(contradicted.length === 0 ? {} : { contradicted }),
      ...this.#from(tied[0] ?? ""),
    };
    return [finding, kind];
  }

  #offer(tied: readonly string[], answers: Readonly<Record<string, string>>): QuestionOffer | undefined {
    const key = tied.join(" ");
    if (!this.#offers.has(key)) this.#offers.set(key, chooseQuestion(tied, this.#questions, answers));
    return this.#offers.get(key);
  }

  #from(id: string): Pick<Finding, "from"> {
    const from = this.#entries.named(id)?.from;
    return from === undefined ? {} : { from };
  }

  #processed(tied: readonly string[]): ProcessedAnswer {
    const answers = new Set(tied.map((id) => this.#entries.named(id)?.processed ?? "depends"));
    const [only = "depends"] = answers;
    return answers.size === 1 ? only : "depends";
  }
}

/** Numbers, addresses and ids differ from time to time; the failure is the same. With another code it is another. */
function normalised(text: string): string {
  return text
    .replace(/[0-9a-fA-F]{8,}(?:-[0-9a-fA-F]{4,})*|(?<!(?:code|status)[ :="']{1,3}|\d)\d{1,3}(?!\d)|\d{4,}/gi, "0")
    .slice(0, 300);
}

/**
 * A record as every face shows it: one language chosen, sources numbered, rates in words. Takes records in the received
 * format as well as ours; what only ours have is absent in the others. Owns no layout.
 */

import type { EntryRecord } from "../record/entry-record.ts";
import type { ReceivedRecord } from "../record/received-record.ts";
import type { Language, Origin, ProcessedAnswer } from "../record/vocabulary.ts";
import { viewMeasured, type MeasuredView } from "./measured-view.ts";
import { plainRecord } from "./plain-record.ts";
import { claimRate, percent } from "./rate-text.ts";
import { SourceNumbers } from "./source-numbers.ts";
import { words, type Words } from "./words/words.ts";

/** What a claim leans on: how it is known (null where nobody says), and numbers of `RecordView.sources`, from 1. */
export interface Proof {
  readonly origin: Origin | null;
  readonly sources: readonly number[];
}

export interface ClaimView {
  /** Empty where a received record gives only the reason. */
  readonly action: string;
  /** How to do it; why it fails. May hold fenced code when the record is ours. */
  readonly detail: string;
  readonly condition: string;
  /** Empty when a received record has none. */
  readonly rate: string;
  /** Who claimed the rate, when it is not counted here. */
  readonly claimedBy?: string;
  /** Programs it is for; empty means all. */
  readonly programs: readonly string[];
  readonly proof?: Proof;
}

export interface SignatureView {
  readonly implementation: string;
  readonly code: string | null;
  readonly text: string;
  readonly example: string;
  readonly versions: readonly string[];
  readonly isClue: boolean;
  readonly proof: Proof;
}

export interface QuestionView {
  readonly id: string;
  readonly ask: string;
  readonly look: string;
  readonly answers: readonly { readonly id: string; readonly text: string; readonly fits: readonly string[] }[];
}

/** What only our records say. */
export interface OwnView {
  readonly happened: string;
  readonly closedBy: string;
  readonly again: string;
  readonly processed: ProcessedAnswer;
  readonly processedProof: Proof;
  readonly causeProof: Proof;
  readonly wire: EntryRecord["wire"];
  readonly signatures: readonly SignatureView[];
  readonly beSure: readonly { readonly say: string; readonly run: string | null }[];
  readonly questions: readonly QuestionView[];
  readonly commonCauses: readonly string[];
  readonly measured: MeasuredView | undefined;
}

export interface RecordView {
  readonly face: Words;
  readonly language: Language;
  readonly record: ReceivedRecord;
  /** What the page is called: our title, or the signature of a received record. */
  readonly title: string;
  readonly cause: string;
  /** What an English page shows in Chinese beside the English. */
  readonly chinese: { readonly cause: string | null; readonly steps: readonly string[] };
  /** Shares in the received form (`78%`); in words where nothing was measured. */
  readonly fixRate: string;
  readonly confidence: string;
  readonly workarounds: readonly ClaimView[];
  readonly deadEnds: readonly ClaimView[];
  /** The headings of these two: the received format's own words, or on our pages what to do with them. */
  readonly workaroundsName: string;
  readonly deadEndsName: string;
  readonly relations: readonly { readonly name: string; readonly ids: readonly string[] }[];
  readonly sources: readonly string[];
  readonly own?: OwnView;
}

/** Whether a record has what only ours have. */
export function isEntryRecord(record: ReceivedRecord | EntryRecord): record is EntryRecord {
  return "processed" in record && "signatures" in record && "be_sure" in record;
}

export function viewRecord(given: ReceivedRecord | EntryRecord, language: Language): RecordView {
  const record = plainRecord(given);
  const face = words[language];
  const sources = new SourceNumbers();
  const body = isEntryRecord(record)
    ? ownBody(record, language, face, sources)
    : receivedBody(record, language, face, sources);
  const isChinese = language === "zh";
  const { leads_to, preceded_by, frequently_confused_with } = record.transition_graph;
  const relations = [
    { name: face.leadsTo, ids: leads_to },
    { name: face.precededBy, ids: preceded_by },
    { name: face.confusedWith, ids: frequently_confused_with },
  ];
  return {
    face,
    language,
    record,
    cause: (isChinese ? record.root_cause_zh : null) ?? record.root_cause,
    chinese: isChinese ? { cause: null, steps: [] } : { cause: record.root_cause_zh, steps: record.workarounds_zh },
    relations: relations.filter(({ ids }) => ids.length > 0),
    sources: sources.all,
    ...body,
  };
}

type Body = Pick<
  RecordView,
  "title" | "fixRate" | "confidence" | "workarounds" | "deadEnds" | "workaroundsName" | "deadEndsName" | "own"
>;

function receivedBody(record: ReceivedRecord, language: Language, face: Words, sources: SourceNumbers): Body {
  const isChinese = language === "zh";
  const share = (rate: number | null): string => (rate === null ? "—" : `${percent(rate)}%`);
  const claim = (
    { action, condition, sources: from }: ReceivedRecord["workarounds"][number] | ReceivedRecord["dead_ends"][number],
    detail: string,
    rate: string,
  ): ClaimView => {
    const numbers = sources.of(from);
    const proof = numbers.length === 0 ? {} : { proof: { origin: null, sources: numbers } };
    return { action, detail, condition, rate, programs: [], ...proof };
  };
  return {
    title: (isChinese ? record.signature_zh : null) ?? record.signature,
    fixRate: share(record.fix_success_rate),
    confidence: share(record.confidence),
    workarounds: record.workarounds.map((each, index) => {
      const rate = each.success_rate === null ? "" : face.success(percent(each.success_rate));
      const action = (isChinese ? record.workarounds_zh[index] : undefined) ?? each.action;
      return claim({ ...each, action }, each.how, rate);
    }),
    deadEnds: record.dead_ends.map((each) =>
      claim(each, each.why_fails, each.fail_rate === null ? "" : face.fail(percent(each.fail_rate))),
    ),
    workaroundsName: face.workarounds,
    deadEndsName: face.deadEnds,
  };
}

function ownBody(record: EntryRecord, language: Language, face: Words, sources: SourceNumbers): Body {
  const isChinese = language === "zh";
  const share = (rate: number | null): string => (rate === null ? face.notMeasured : `${percent(rate)}%`);
  // Made in the order in which a page shows them, so that its sources count up.
  const processedProof = { origin: record.processed.origin, sources: sources.of(record.processed.sources) };
  const claim = (
    each: EntryRecord["workarounds"][number] | EntryRecord["dead_ends"][number],
    said: Pick<ClaimView, "action" | "detail" | "condition">,
  ): ClaimView => {
    const { claimed } = each;
    const from =
      claimed === null ? {} : { claimedBy: face.claimedBy(claimed.tier, claimed.evidence_count, claimed.from) };
    const proof = { origin: each.origin, sources: sources.of(each.sources) };
    return { ...said, rate: claimRate(each, face), ...from, programs: each.for, proof };
  };
  const workarounds = record.workarounds.map((each, index) => {
    const { how, condition } = isChinese ? (record.workarounds_how_zh[index] ?? each) : each;
    const action = isChinese ? (record.workarounds_zh[index] ?? each.action) : each.action;
    return claim(each, { action, detail: how, condition });
  });
  const deadEnds = record.dead_ends.map((each, index) => {
    const { action, why_fails, condition } = isChinese ? (record.dead_ends_zh[index] ?? each) : each;
    return claim(each, { action, detail: why_fails, condition });
  });
  const causeProof = { origin: record.cause_origin, sources: sources.of(record.cause_sources) };
  const signatures = record.signatures.map(
    ({ implementation, code, text, example, versions, role, origin, sources: from }): SignatureView => {
      const proof = { origin, sources: sources.of(from) };
      return { implementation, code, text, example, versions, isClue: role === "clue", proof };
    },
  );
  return {
    title: isChinese ? record.title_zh : record.title,
    fixRate: share(record.fix_success_rate),
    confidence: share(record.confidence),
    workarounds,
    deadEnds,
    workaroundsName: face.whatToDo,
    deadEndsName: face.whatNotToDo,
    own: {
      happened: isChinese ? record.happened_zh : record.happened,
      closedBy: isChinese ? record.closed_by_zh : record.closed_by,
      again: isChinese ? record.processed.why_zh : record.processed.why,
      processed: record.processed.answer,
      processedProof,
      causeProof,
      wire: record.wire,
      signatures,
      beSure: record.be_sure.map(({ say, say_zh, run }) => ({ say: isChinese ? say_zh : say, run })),
      questions: record.questions.map((each) => questionView(each, isChinese)),
      commonCauses: record.common_causes,
      measured: viewMeasured(record, isChinese, face),
    },
  };
}

function questionView(question: EntryRecord["questions"][number], isChinese: boolean): QuestionView {
  const { id, ask, ask_zh, look, look_zh, answers } = question;
  return {
    id,
    ask: isChinese ? ask_zh : ask,
    look: isChinese ? look_zh : look,
    answers: answers.map(({ id: answer, text, text_zh, fits }) => ({
      id: answer,
      text: isChinese ? text_zh : text,
      fits,
    })),
  };
}

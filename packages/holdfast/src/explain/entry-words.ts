/** What an entry says in one language, taken out of its record. Owns where in the record each word stands. */

import type { EntryRecord, EntryText, Language } from "@holdfast/catalog";
import type { ReceivedRecord } from "@holdfast/catalog/schema";
import { countedText } from "./counted-text.ts";

export interface EntryWords {
  readonly id: string;
  readonly title: string;
  readonly happened: string;
  /** This and the next two are empty where a record of somebody's own does not say. */
  readonly closedBy: string;
  readonly again: string;
  readonly why: string;
  readonly todo: readonly {
    readonly action: string;
    readonly how: string;
    readonly condition: string;
    /** To stand behind the action; empty where nothing was counted. */
    readonly counted: string;
  }[];
  readonly notTodo: readonly { readonly action: string; readonly why: string; readonly counted: string }[];
  readonly beSure: readonly { readonly say: string; readonly run: string | null }[];
  /** How well a record of somebody's own says that it is proven. */
  readonly tier?: string;
}

export type Question = EntryRecord["questions"][number];

export interface QuestionWords {
  readonly id: string;
  readonly ask: string;
  readonly look: string;
  readonly answers: readonly { readonly id: string; readonly text: string }[];
}

/** A record of our form, all of it or its words, or one in the received form. */
export type WordedRecord = EntryText | ReceivedRecord;

export function entryWords(record: WordedRecord, language: Language): EntryWords {
  if (!isOurs(record)) return received(record, language);
  return language === "zh" ? chinese(record) : english(record);
}

/** Whether it has what only our form of a record has; the reader of somebody's own has looked that it is whole then. */
function isOurs(record: WordedRecord): record is EntryText {
  return "processed" in record && "be_sure" in record;
}

function received(record: ReceivedRecord, language: Language): EntryWords {
  const isChinese = language === "zh";
  return {
    id: record.id,
    title: (isChinese ? record.signature_zh : null) ?? record.signature,
    happened: (isChinese ? record.root_cause_zh : null) ?? record.root_cause,
    closedBy: "",
    again: "",
    why: "",
    todo: record.workarounds.map(({ action, how, condition }, index) => ({
      action: (isChinese ? record.workarounds_zh[index] : undefined) ?? action,
      how: how === action ? "" : how,
      condition,
      counted: "",
    })),
    notTodo: record.dead_ends.map(({ action, why_fails }) => ({ action, why: why_fails, counted: "" })),
    beSure: [],
    tier: record.verification_tier,
  };
}

function english(record: EntryText): EntryWords {
  return {
    id: record.id,
    title: record.title,
    happened: record.happened,
    closedBy: record.closed_by,
    again: record.processed.why,
    why: record.root_cause,
    todo: record.workarounds.map(({ action, how, condition, measured }) => {
      return { action, how, condition, counted: countedText(measured, "en") };
    }),
    notTodo: record.dead_ends.map(({ action, why_fails, measured }) => {
      return { action, why: why_fails, counted: countedText(measured, "en") };
    }),
    beSure: record.be_sure.map(({ say, run }) => ({ say, run })),
  };
}

function chinese(record: EntryText): EntryWords {
  return {
    id: record.id,
    title: record.title_zh,
    happened: record.happened_zh,
    closedBy: record.closed_by_zh,
    again: record.processed.why_zh,
    why: record.root_cause_zh ?? record.root_cause,
    todo: record.workarounds_zh.map((action, index) => ({
      action,
      how: record.workarounds_how_zh[index]?.how ?? "",
      condition: record.workarounds_how_zh[index]?.condition ?? "",
      counted: countedText(record.workarounds[index]?.measured ?? null, "zh"),
    })),
    notTodo: record.dead_ends_zh.map(({ action, why_fails }, index) => {
      return { action, why: why_fails, counted: countedText(record.dead_ends[index]?.measured ?? null, "zh") };
    }),
    beSure: record.be_sure.map(({ say_zh, run }) => ({ say: say_zh, run })),
  };
}

export function questionWords(
  { id, ask, ask_zh, look, look_zh, answers }: Question,
  language: Language,
): QuestionWords {
  if (language === "en")
    return { id, ask, look, answers: answers.map(({ id: answer, text }) => ({ id: answer, text })) };
  const chineseAnswers = answers.map(({ id: answer, text_zh }) => ({ id: answer, text: text_zh }));
  return { id, ask: ask_zh, look: look_zh, answers: chineseAnswers };
}

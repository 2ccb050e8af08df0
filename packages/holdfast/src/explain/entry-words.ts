/** What an entry says in one language, taken out of its record. Owns where in the record each word stands. */

import type { EntryRecord, Language } from "@holdfast/catalog";
import type { ReceivedRecord } from "@holdfast/catalog/schema";

export interface EntryWords {
  readonly id: string;
  readonly title: string;
  readonly happened: string;
  /** This and the next two are empty where a record of somebody's own does not say. */
  readonly closedBy: string;
  readonly again: string;
  readonly why: string;
  readonly todo: readonly { readonly action: string; readonly how: string; readonly condition: string }[];
  readonly notTodo: readonly { readonly action: string; readonly why: string }[];
  readonly beSure: readonly { readonly say: string; readonly run: string | null }[];
  readonly questions: readonly QuestionWords[];
  /** How well a record of somebody's own says that it is proven. */
  readonly tier?: string;
}

export interface QuestionWords {
  readonly id: string;
  readonly ask: string;
  readonly look: string;
  readonly answers: readonly { readonly id: string; readonly text: string }[];
}

export function entryWords(record: EntryRecord | ReceivedRecord, language: Language): EntryWords {
  if (!isOurs(record)) return received(record, language);
  return language === "zh" ? chinese(record) : english(record);
}

/** Whether it has what only our form of a record has; the reader of somebody's own has looked that it is whole then. */
function isOurs(record: EntryRecord | ReceivedRecord): record is EntryRecord {
  return "processed" in record && "signatures" in record;
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
    })),
    notTodo: record.dead_ends.map(({ action, why_fails }) => ({ action, why: why_fails })),
    beSure: [],
    questions: [],
    tier: record.verification_tier,
  };
}

function english(record: EntryRecord): EntryWords {
  return {
    id: record.id,
    title: record.title,
    happened: record.happened,
    closedBy: record.closed_by,
    again: record.processed.why,
    why: record.root_cause,
    todo: record.workarounds.map(({ action, how, condition }) => ({ action, how, condition })),
    notTodo: record.dead_ends.map(({ action, why_fails }) => ({ action, why: why_fails })),
    beSure: record.be_sure.map(({ say, run }) => ({ say, run })),
    questions: record.questions.map(({ id, ask, look, answers }) => ({ id, ask, look, answers })),
  };
}

function chinese(record: EntryRecord): EntryWords {
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
    })),
    notTodo: record.dead_ends_zh.map(({ action, why_fails }) => ({ action, why: why_fails })),
    beSure: record.be_sure.map(({ say_zh, run }) => ({ say: say_zh, run })),
    questions: record.questions.map(({ id, ask_zh, look_zh, answers }) => ({
      id,
      ask: ask_zh,
      look: look_zh,
      answers: answers.map(({ id: answer, text_zh }) => ({ id: answer, text: text_zh })),
    })),
  };
}

/** What an entry says in one language, taken out of its record. Owns where in the record each word stands. */

import type { EntryRecord } from "@holdfast/catalog";
import type { Language } from "@holdfast/catalog";

export interface EntryWords {
  readonly id: string;
  readonly title: string;
  readonly happened: string;
  readonly closedBy: string;
  readonly again: string;
  readonly why: string;
  readonly todo: readonly { readonly action: string; readonly how: string; readonly condition: string }[];
  readonly notTodo: readonly { readonly action: string; readonly why: string }[];
  readonly beSure: readonly { readonly say: string; readonly run: string | null }[];
  readonly questions: readonly QuestionWords[];
}

export interface QuestionWords {
  readonly id: string;
  readonly ask: string;
  readonly look: string;
  readonly answers: readonly { readonly id: string; readonly text: string }[];
}

export function entryWords(record: EntryRecord, language: Language): EntryWords {
  return language === "zh" ? chinese(record) : english(record);
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

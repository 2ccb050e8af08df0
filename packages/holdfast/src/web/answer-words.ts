/**
 * What an answer on a page says of entries and questions: the short words, made from the records once. The page carries
 * them for all entries, so they are few; the entry's own page has the rest.
 */

import type { EntryRecord, Language } from "@holdfast/catalog";
import { entryWords, questionWords, type QuestionWords } from "../explain/entry-words.ts";
import { shortened } from "../explain/short-words.ts";
import type { ShownRecord } from "./catalog-view.ts";

export interface AnswerWords {
  readonly entries: Readonly<Record<string, ShortEntry>>;
  readonly questions: Readonly<Record<string, QuestionWords>>;
}

export interface ShortEntry {
  readonly title: string;
  readonly happened: string;
  readonly closedBy: string;
  readonly again: string;
  readonly why: string;
  readonly todo: readonly string[];
  readonly notTodo: readonly string[];
  readonly beSure: readonly { readonly say: string; readonly run: string | null }[];
  /** How well a record of somebody's own says that it is proven. */
  readonly tier?: string;
}

/** The same measure as the short form in a terminal. */
const shortTodo = 3;
const shortNotTodo = 2;

export function answerWords(records: readonly ShownRecord[], language: Language): AnswerWords {
  const all = records.map((record) => entryWords(record, language));
  return {
    entries: Object.fromEntries(
      all.map(({ id, title, happened, closedBy, again, why, todo, notTodo, beSure, tier }) => [
        id,
        {
          title,
          happened,
          closedBy: shortened(closedBy, 1),
          again: shortened(again, 2),
          why: shortened(why, 1),
          todo: todo.slice(0, shortTodo).map(({ action, counted }) => `${shortened(action, 1)}${counted}`),
          notTodo: notTodo
            .slice(0, shortNotTodo)
            .map(({ action, why: reason, counted }) => `${shortened(action, 1)} ${shortened(reason, 1)}${counted}`),
          beSure: beSure.slice(0, 1),
          ...(tier === undefined ? {} : { tier }),
        } satisfies ShortEntry,
      ]),
    ),
    questions: Object.fromEntries(
      records
        .filter(isOurs)
        .flatMap(({ questions }) => questions.map((each) => [each.id, questionWords(each, language)])),
    ),
  };
}

function isOurs(record: ShownRecord): record is EntryRecord {
  return "questions" in record && "signatures" in record;
}

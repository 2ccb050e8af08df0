/** The face `@holdfast/catalog`: texts in, causes out. Zero I/O, in Node and in a browser. */

export type { Explanation, ExplainOptions, Finding, QuestionOffer, ReadFacts } from "./explain/explanation.ts";
export type { EntryRecord } from "./record/entry-record.ts";
export type { Implementation, Language, ProcessedAnswer, StatusName } from "./record/vocabulary.ts";

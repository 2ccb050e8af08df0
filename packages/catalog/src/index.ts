/**
 * The face `@holdfast/catalog`: texts in, causes out, and the records behind them. Zero I/O, the same in Node and in a
 * browser. Using `entry` or `entries` brings all records along (some 2 MB of JavaScript); who only explains loads
 * `@holdfast/catalog/explain`, or lets the bundler drop what is not used.
 */

import { records } from "#catalog/records.js";
import type { EntryRecord } from "./record/entry-record.ts";

export { createExplainer, explain, questionAnswers, type CatalogOptions, type Explainer } from "./explain/index.ts";
export type {
  Explanation,
  ExplainOptions,
  Finding,
  GivenAnswer,
  QuestionOffer,
  ReadFacts,
} from "./explain/explanation.ts";
export type { EntryRecord, EntryText } from "./record/entry-record.ts";
export type { Implementation, Language, ProcessedAnswer, StatusName } from "./record/vocabulary.ts";

let byName: ReadonlyMap<string, EntryRecord> | undefined;

/** Every record of the catalog, in the order of ids. */
export function entries(): readonly EntryRecord[] {
  return records;
}

/** The record of an id or of an alias, as in `tcp/fin-inflight`; undefined when there is none. */
export function entry(id: string): EntryRecord | undefined {
  byName ??= recordsByName();
  return byName.get(id);
}

/** Ids come last, so that an id always beats an alias of the same name. */
function recordsByName(): ReadonlyMap<string, EntryRecord> {
  const aliases = records.flatMap((record) => record.aliases.map((alias) => [alias, record] as const));
  return new Map([...aliases, ...records.map((record) => [record.id, record] as const)]);
}

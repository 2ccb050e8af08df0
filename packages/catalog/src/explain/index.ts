/** The face `@holdfast/catalog/explain`: texts in, causes out, with the catalog's own signatures. Loads no words. */

import { table } from "#catalog/signatures.js";
import { loadMatcher } from "../match/matcher.ts";
import { explainWith } from "./explain-with.ts";
import type { Explainer } from "./explainer.ts";
import type { ExplainOptions, Explanation } from "./explanation.ts";
import type { ForeignPattern } from "../match/foreign-pattern.ts";
import { createPatientExplainer } from "./patient-explainer.ts";

export {
  compileForeign,
  type ForeignPattern,
  type ForeignPatterns,
  type ForeignSource,
} from "../match/foreign-pattern.ts";
export { maskSecrets } from "../read/mask-secrets.ts";
export type { AnswerClass } from "./answer-class.ts";
export type { Explainer } from "./explainer.ts";
export { namedEntries } from "./named-entries.ts";
export type { ExplainOptions, Explanation, Finding, GivenAnswer, QuestionOffer, ReadFacts } from "./explanation.ts";

export interface CatalogOptions extends ExplainOptions {
  /** Records of one's own, compiled by `compileForeign`. Default: none. */
  readonly foreign?: readonly ForeignPattern[];
}

/** The possible answers of every question, by the question's id. */
export function questionAnswers(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(table.questions.map(({ id, answers }) => [id, Object.keys(answers)]));
}

/** For input that comes in pieces or is too large to hold. */
export function createExplainer({ foreign = [], ...options }: CatalogOptions = {}): Explainer {
  return createPatientExplainer(loadMatcher(table, { foreign }), options);
}

/** A text or bytes of any size and kind, explained at once. Never throws on what they hold. */
export function explain(input: string | Uint8Array, { foreign = [], ...options }: CatalogOptions = {}): Explanation {
  return explainWith(loadMatcher(table, { foreign }), input, options);
}

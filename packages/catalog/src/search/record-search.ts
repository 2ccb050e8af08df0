/** Full-text search over records, English and Chinese, by an index that was made before. Pure. */

import type { Language } from "../record/vocabulary.ts";
import { matchingText } from "./matching-text.ts";
import { nearTerms } from "./near-terms.ts";
import type { SearchIndex } from "./search-index.ts";
import { fieldWeights, searchFields, type SearchTexts } from "./search-texts.ts";
import { queryWords } from "./search-words.ts";

export interface RecordHit {
  readonly id: string;
  /** A piece of the record around the first word that was found. */
  readonly match: string;
  /** Only for comparing hits of one search. */
  readonly score: number;
}

export interface RecordSearch {
  /** Likeliest first. All words must occur; when they do nowhere together, any of them. */
  search(words: string, language: Language): readonly RecordHit[];
}

/** The usual parameters of BM25+ (Lv and Zhai, 2011): how soon a word said again says no more, and what a long field costs. */
const saturation = 1.2;
const lengthCost = 0.7;
const floor = 0.5;

/** What a search found in one document: by typed word its score, and the terms by which it was found. */
interface Found {
  readonly scores: Map<string, number>;
  readonly terms: Set<string>;
}

/** `textsOf`: the texts of a document, for the piece that is shown. */
export function createRecordSearch(index: SearchIndex, textsOf: (id: string) => SearchTexts | undefined): RecordSearch {
  const meanLengths = searchFields.map((_, field) => {
    const sum = index.lengths.reduce((all, lengths) => all + (lengths[field] ?? 0), 0);
    return Math.max(1, sum / Math.max(1, index.ids.length));
  });
  return {
    search(text, language) {
      const words = [...new Set(queryWords(text).map((word) => word.toLowerCase()))];
      const found = lookUp(index, meanLengths, words);
      const whole = [...found].filter(([, { scores }]) => scores.size === words.length);
      return (whole.length > 0 ? whole : [...found])
        .map(([document, { scores, terms }]) => {
          const id = index.ids[document] ?? "";
          // Two words that are found say more than one of them twice.
          const score = [...scores.values()].reduce((sum, each) => sum + each, 0) * scores.size;
          return { id, terms, score };
        })
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .map(({ id, terms, score }) => {
          const texts = textsOf(id);
          const match = texts === undefined ? "" : matchingText(texts, [...terms], language);
          return { id, match, score: Number(score.toFixed(2)) };
        });
    },
  };
}

function lookUp(
  index: SearchIndex,
  meanLengths: readonly number[],
  words: readonly string[],
): ReadonlyMap<number, Found> {
  const all = new Map<number, Found>();
  for (const word of words) {
    for (const [place, weight] of nearTerms(word, index.terms)) {
      const places = index.places[place] ?? [];
      const rarity = rarities(places, index.ids.length);
      for (let at = 0; at < places.length; at += 2) {
        const [document, field] = parts(places[at] ?? 0);
        if (index.ids[document] === "") continue;
        const length = (index.lengths[document]?.[field] ?? 0) / (meanLengths[field] ?? 1);
        const score = weight * (rarity.get(field) ?? 0) * heard(places[at + 1] ?? 0, length) * weightOf(field);
        const found = all.get(document) ?? { scores: new Map(), terms: new Set() };
        found.scores.set(word, (found.scores.get(word) ?? 0) + score);
        found.terms.add(index.terms[place] ?? "");
        all.set(document, found);
      }
    }
  }
  return all;
}

function parts(place: number): readonly [document: number, field: number] {
  return [Math.floor(place / searchFields.length), place % searchFields.length];
}

/** By field, how much a term says that it stands there: the fewer documents have it, the more. */
function rarities(places: readonly number[], documents: number): ReadonlyMap<number, number> {
  const having = new Map<number, number>();
  for (let at = 0; at < places.length; at += 2) {
    const [, field] = parts(places[at] ?? 0);
    having.set(field, (having.get(field) ?? 0) + 1);
  }
  return new Map([...having].map(([field, count]) => [field, Math.log(1 + (documents - count + 0.5) / (count + 0.5))]));
}

/** `length`: of the field, with the mean of all as 1. */
function heard(count: number, length: number): number {
  return floor + (count * (saturation + 1)) / (count + saturation * (1 - lengthCost + lengthCost * length));
}

function weightOf(field: number): number {
  const name = searchFields[field];
  return name === undefined ? 0 : fieldWeights[name];
}

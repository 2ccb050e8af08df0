/**
 * Full-text search over records, English and Chinese. The index is made from the records in hand and kept nowhere;
 * minisearch is loaded by who makes one.
 */

import type { EntryRecord } from "../record/entry-record.ts";
import type { ReceivedRecord } from "../record/received-record.ts";
import type { Language } from "../record/vocabulary.ts";
import { isEntryRecord } from "../render/record-view.ts";
import { isHan, queryWords, textWords } from "./search-words.ts";

export interface RecordHit {
  /** Place among the records that the index was made of. */
  readonly index: number;
  /** A piece of the record around the first word that was found. */
  readonly match: string;
  /** Only for comparing hits of one search. */
  readonly score: number;
}

export interface RecordSearch {
  /** Likeliest first. All words must occur; when they do nowhere together, any of them. */
  search(words: string, language: Language): readonly RecordHit[];
}

/** Fields by what a hit in them weighs; also the order in which the matching text is looked for. */
const weights = { title: 6, id: 5, tags: 4, signatures: 3, happened: 2, cause: 2, steps: 1, rest: 1 } as const;
type Field = keyof typeof weights;
type Texts = Readonly<Record<Field, string>>;

export async function createRecordSearch(records: readonly (ReceivedRecord | EntryRecord)[]): Promise<RecordSearch> {
  const { default: MiniSearch } = await import("minisearch");
  const texts = records.map(searchTexts);
  const index = new MiniSearch<Texts & { readonly key: number }>({
    idField: "key",
    fields: Object.keys(weights),
    tokenize: textWords,
    searchOptions: {
      boost: weights,
      tokenize: queryWords,
      // Endings and slips of the finger, where a word is long enough to bear them; a Chinese letter begins a pair.
      prefix: (term) => (isHan(term) ? term.length === 1 : term.length >= 3),
      fuzzy: (term) => (term.length >= 6 && !isHan(term) ? 0.2 : false),
    },
  });
  index.addAll(texts.map((each, key) => ({ ...each, key })));
  return {
    search(words, language) {
      const strict = index.search(words, { combineWith: "AND" });
      const results = strict.length > 0 ? strict : index.search(words, { combineWith: "OR" });
      return results.map(({ id, terms, score }) => {
        const index = id as number;
        const text = texts[index];
        const match = text === undefined ? "" : matchingText(text, terms, language);
        return { index, match, score: Number(score.toFixed(2)) };
      });
    },
  };
}

function searchTexts(record: ReceivedRecord | EntryRecord): Texts {
  const { id, tags, aliases, signature, signature_zh, root_cause, root_cause_zh, workarounds, dead_ends } = record;
  const steps = [
    ...workarounds.map(({ action, how }) => `${action} ${how}`),
    ...record.workarounds_zh,
    ...dead_ends.map(({ action, why_fails }) => `${action} ${why_fails}`),
  ];
  const systems = Object.entries(record.os_specific).map(([system, said]) => `${system}: ${String(said)}`);
  const common = {
    id: [id, ...aliases].join("\n"),
    cause: `${root_cause}\n${root_cause_zh ?? ""}`,
  };
  if (!isEntryRecord(record)) {
    const title = `${signature}\n${signature_zh ?? ""}`;
    return {
      ...common,
      title,
      tags: tags.join("\n"),
      signatures: "",
      happened: "",
      steps: steps.join("\n"),
      rest: systems.join("\n"),
    };
  }
  const { title, title_zh, signatures, happened, happened_zh, closed_by, closed_by_zh, processed, common_causes } =
    record;
  const sure = record.be_sure.map(({ say, say_zh, run }) => `${say} ${run ?? ""}\n${say_zh}`);
  return {
    ...common,
    title: `${title}\n${title_zh}`,
    tags: [...tags, ...common_causes].join("\n"),
    signatures: signatures.map(({ implementation, example }) => `${implementation}: ${example}`).join("\n"),
    happened: `${happened}\n${happened_zh}`,
    steps: [...steps, ...record.dead_ends_zh.map(({ action, why_fails }) => `${action} ${why_fails}`)].join("\n"),
    rest: [closed_by, closed_by_zh, processed.why, processed.why_zh, ...systems, ...sure].join("\n"),
  };
}

/** How much is shown around the word that was found, in letters. */
const aroundLetters = 60;

function matchingText(texts: Texts, terms: readonly string[], language: Language): string {
  const lower = terms.map((term) => term.toLowerCase());
  const isMeant = (line: string): boolean => (language === "zh") === isHan(line);
  // The title is shown anyway; another place says more.
  const lines = (Object.keys(weights) as Field[])
    .filter((field) => field !== "title" && field !== "id" && field !== "tags")
    .flatMap((field) => texts[field].split("\n"));
  const places = lines.flatMap((line) => {
    const low = line.toLowerCase();
    const found = lower.filter((term) => low.includes(term));
    const at = Math.min(...found.map((term) => low.indexOf(term)));
    return found.length === 0 ? [] : [{ line, at, count: found.length, isMeant: isMeant(line) }];
  });
  const best = places.sort((a, b) => b.count - a.count || Number(b.isMeant) - Number(a.isMeant))[0];
  if (best === undefined) return texts.happened.split("\n").find(isMeant) ?? texts.cause.split("\n")[0] ?? "";
  return piece(best.line, best.at);
}

/** Cut at blanks where there are some. */
function piece(line: string, at: number): string {
  let start = Math.max(0, at - aroundLetters);
  let end = Math.min(line.length, at + aroundLetters * 2);
  if (start > 0) start = Math.min(at, Math.max(start, line.indexOf(" ", start) + 1));
  if (end < line.length) end = Math.max(at + aroundLetters, line.lastIndexOf(" ", end));
  return `${start > 0 ? "…" : ""}${line.slice(start, end).trim()}${end < line.length ? "…" : ""}`;
}

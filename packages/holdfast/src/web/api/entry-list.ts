/** `/api/v1/entries`: the entries in short, all or those that fit. */

import type { EntryRecord } from "@holdfast/catalog";
import { ApiError } from "./api-error.ts";

export interface EntrySummary {
  readonly id: string;
  readonly title: string;
  readonly title_zh: string;
  readonly happened: string;
  readonly domain: string;
  readonly category: string;
  readonly error_code: string | null;
  readonly processed: EntryRecord["processed"]["answer"];
  readonly verification_tier: string;
  readonly tags: readonly string[];
}

/** How each filter looks at a record. */
const filters: Readonly<Record<string, (record: EntryRecord, wanted: string) => boolean>> = {
  domain: ({ domain }, wanted) => domain === wanted,
  category: ({ category }, wanted) => category === wanted,
  tag: ({ tags }, wanted) => tags.includes(wanted),
  cause: ({ common_causes: causes }, wanted) => causes.some((cause) => cause === wanted),
  implementation: ({ signatures }, wanted) => signatures.some(({ implementation }) => implementation === wanted),
};

export const filterNames = Object.keys(filters);

export function entryList(records: readonly EntryRecord[]): { readonly entries: readonly EntrySummary[] } {
  return { entries: records.map(summary) };
}

/** Every filter must hold. `found`: ids that a search for `q` gave, in their order. */
export function filteredEntries(
  records: readonly EntryRecord[],
  query: URLSearchParams,
  found?: readonly string[],
): { readonly entries: readonly EntrySummary[] } {
  for (const name of query.keys()) {
    if (name === "q" || Object.hasOwn(filters, name)) continue;
    throw new ApiError(400, "bad-request", `${name}: expected one of ${[...filterNames, "q"].join(", ")}`);
  }
  const fitting = records.filter((record) =>
    filterNames.every((name) => query.getAll(name).every((wanted) => filters[name]?.(record, wanted) === true)),
  );
  if (found === undefined) return entryList(fitting);
  const byId = new Map(fitting.map((record) => [record.id, record]));
  return entryList(found.flatMap((id) => byId.get(id) ?? []));
}

function summary(record: EntryRecord): EntrySummary {
  const { id, title, title_zh, happened, domain, category, error_code, verification_tier, tags } = record;
  const { answer } = record.processed;
  return { id, title, title_zh, happened, domain, category, error_code, processed: answer, verification_tier, tags };
}

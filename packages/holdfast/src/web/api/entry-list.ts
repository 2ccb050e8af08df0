/** `/api/v1/entries`: the entries in short, all or those that fit. */

import type { ProcessedAnswer } from "@holdfast/catalog";
import { isEntryRecord } from "@holdfast/catalog/render";
import { causesOf, happenedOf, titleOf, type CatalogView, type ShownRecord } from "../catalog-view.ts";
import { ApiError } from "./api-error.ts";

export interface EntrySummary {
  readonly id: string;
  readonly title: string;
  readonly title_zh: string;
  readonly happened: string;
  readonly domain: string;
  readonly category: string;
  readonly error_code: string | null;
  readonly processed: ProcessedAnswer;
  readonly verification_tier: string;
  readonly tags: readonly string[];
  /** The file of a record that is not ours. */
  readonly from?: string;
}

/** How each filter looks at a record. */
const filters: Readonly<Record<string, (record: ShownRecord, wanted: string) => boolean>> = {
  domain: ({ domain }, wanted) => domain === wanted,
  category: ({ category }, wanted) => category === wanted,
  tag: ({ tags }, wanted) => tags.includes(wanted),
  cause: (record, wanted) => causesOf(record).includes(wanted),
  implementation: (record, wanted) =>
    isEntryRecord(record) && record.signatures.some(({ implementation }) => implementation === wanted),
};

export const filterNames = Object.keys(filters);

/** Default of `records`: all. */
export function entryList(
  catalog: CatalogView,
  records: readonly ShownRecord[] = catalog.records,
): { readonly entries: readonly EntrySummary[] } {
  return { entries: records.map((record) => summary(record, catalog)) };
}

/** Every filter must hold. `found`: ids that a search for `q` gave, in their order. */
export function filteredEntries(
  catalog: CatalogView,
  query: URLSearchParams,
  found?: readonly string[],
): { readonly entries: readonly EntrySummary[] } {
  for (const name of query.keys()) {
    if (name === "q" || Object.hasOwn(filters, name)) continue;
    throw new ApiError(400, "bad-request", `${name}: expected one of ${[...filterNames, "q"].join(", ")}`);
  }
  const fitting = catalog.records.filter((record) =>
    filterNames.every((name) => query.getAll(name).every((wanted) => filters[name]?.(record, wanted) === true)),
  );
  if (found === undefined) return entryList(catalog, fitting);
  const byId = new Map(fitting.map((record) => [record.id, record]));
  return entryList(
    catalog,
    found.flatMap((id) => byId.get(id) ?? []),
  );
}

function summary(record: ShownRecord, { brought }: CatalogView): EntrySummary {
  const { id, domain, category, error_code, verification_tier, tags } = record;
  const from = brought.get(id);
  return {
    id,
    title: titleOf(record, "en"),
    title_zh: titleOf(record, "zh"),
    happened: happenedOf(record, "en"),
    domain,
    category,
    error_code,
    // What a received record does not say.
    processed: isEntryRecord(record) ? record.processed.answer : "depends",
    verification_tier,
    tags,
    ...(from === undefined ? {} : { from: from.file }),
  };
}

/** An entry in a list: enough to choose it. The same for a record of somebody's own. */

import type { Language } from "@holdfast/catalog";
import { isEntryRecord } from "@holdfast/catalog/render";
import type { FoundRecord } from "./catalog-entries.ts";

export interface EntrySummary {
  readonly id: string;
  readonly title: string;
  readonly domain: string;
  readonly category: string;
  readonly verification_tier: string;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  /** Programs whose text the entry knows; empty for a record that does not say. */
  readonly implementations: readonly string[];
  /** The path of a record that is not ours. */
  readonly from?: string;
}

export function entrySummary({ record, from }: FoundRecord, language: Language): EntrySummary {
  const isOurs = isEntryRecord(record);
  const english = isOurs ? record.title : record.signature;
  const chinese = isOurs ? record.title_zh : record.signature_zh;
  const { id, domain, category, verification_tier, tags, aliases } = record;
  return {
    id,
    title: (language === "zh" ? chinese : null) ?? english,
    domain,
    category,
    verification_tier,
    tags,
    aliases,
    implementations: isOurs ? [...new Set(record.signatures.map(({ implementation }) => implementation))] : [],
    ...(from === undefined ? {} : { from: from.path }),
  };
}

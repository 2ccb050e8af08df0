/** An entry as it stands in a list. */

import type { Language } from "@holdfast/catalog";
import { isEntryRecord } from "@holdfast/catalog/render";
import { processedAnswers } from "@holdfast/catalog/schema";
import { z } from "zod";
import type { FoundRecord } from "../catalog/catalog-entries.ts";
import { entrySummary } from "../catalog/entry-summary.ts";

export const listedEntryOutput = z.object({
  id: z.string(),
  title: z.string(),
  category: z.string(),
  processed: z.enum(processedAnswers).describe("Whether the server may have acted on the call."),
  from: z.string().optional().describe("The file, when it is a record of the user's own."),
});

export function listedEntry(found: FoundRecord, language: Language): z.infer<typeof listedEntryOutput> {
  const { id, title, category, from } = entrySummary(found, language);
  const processed = isEntryRecord(found.record) ? found.record.processed.answer : "depends";
  return { id, title, category, processed, ...(from === undefined ? {} : { from }) };
}

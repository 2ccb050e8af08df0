/** An entry as it stands in a list. */

import type { EntryRecord, Language } from "@holdfast/catalog";
import { processedAnswers } from "@holdfast/catalog/schema";
import { z } from "zod";
import { entrySummary } from "../catalog/entry-summary.ts";

export const listedEntryOutput = z.object({
  id: z.string(),
  title: z.string(),
  category: z.string(),
  processed: z.enum(processedAnswers).describe("Whether the server may have acted on the call."),
});

export function listedEntry(record: EntryRecord, language: Language): z.infer<typeof listedEntryOutput> {
  const { id, title, category } = entrySummary({ record }, language);
  return { id, title, category, processed: record.processed.answer };
}

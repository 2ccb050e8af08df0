/** An entry as it stands in a list. */

import type { EntryRecord, Language } from "@holdfast/catalog";
import { processedAnswers } from "@holdfast/catalog/schema";
import { z } from "zod";

export const listedEntryOutput = z.object({
  id: z.string(),
  title: z.string(),
  category: z.string(),
  processed: z.enum(processedAnswers).describe("Whether the server may have acted on the call."),
});

export function listedEntry(record: EntryRecord, language: Language): z.infer<typeof listedEntryOutput> {
  const title = language === "zh" ? record.title_zh : record.title;
  return { id: record.id, title, category: record.category, processed: record.processed.answer };
}

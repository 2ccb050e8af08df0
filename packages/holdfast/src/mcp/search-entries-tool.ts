/** The tool `search_entries`. The index is the command's. */

import type { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { listedEntry, listedEntryOutput } from "./listed-entry.ts";
import { localReading } from "./local-reading.ts";
import type { Shelf } from "./shelf.ts";
import { languageInput, queryInput } from "./tool-inputs.ts";

const defaultHits = 10;
const maxHits = 20;

const searchOutput = z.object({
  count: z.int().describe("All that were found."),
  hits: z
    .array(listedEntryOutput.extend({ match: z.string().describe("A piece of the entry around what was found.") }))
    .describe("Likeliest first."),
});

export function addSearchEntries(server: McpServer, shelf: Shelf): void {
  const byId = new Map(shelf.records.map((found) => [found.record.id, found]));
  server.registerTool(
    "search_entries",
    {
      title: "Search the catalog",
      description:
        "Returns the entries whose titles, texts, causes, steps or tags hold the words, likeliest first, each with the " +
        "piece that was found; English or Chinese. Use it for a question in words (`ALB idle timeout`, `max connection " +
        "age`); an error or a log goes to explain_error, which reads it line by line. No hits is an answer: the " +
        "catalog has nothing about these words.",
      inputSchema: z.object({
        query: queryInput.describe("A few words."),
        limit: z.int().min(1).max(maxHits).default(defaultHits).describe("The most hits that are wanted."),
        lang: languageInput,
      }),
      outputSchema: searchOutput,
      annotations: localReading,
    },
    async ({ query, limit, lang }) => {
      const { search } = await shelf.search();
      const all = search(query, lang);
      const hits = all.slice(0, limit).flatMap(({ id, match }) => {
        const found = byId.get(id);
        return found === undefined ? [] : [{ ...listedEntry(found, lang), match }];
      });
      const lines = hits.map(({ id, title, match }) => `${id}: ${title}\n  ${match}`);
      const text = lines.length === 0 ? "Nothing found. list_entries names all entries." : lines.join("\n");
      return { content: [{ type: "text", text }], structuredContent: { count: all.length, hits } };
    },
  );
}

/** The tool `list_entries`. */

import { categories, implementations } from "@holdfast/catalog/schema";
import type { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { FoundRecord } from "../catalog/catalog-entries.ts";
import { entrySummary } from "../catalog/entry-summary.ts";
import { listedEntry, listedEntryOutput } from "./listed-entry.ts";
import { localReading } from "./local-reading.ts";
import { nearestSentence } from "./nearest-sentence.ts";
import type { Shelf } from "./shelf.ts";
import { filterInput, languageInput } from "./tool-inputs.ts";

interface Filter {
  readonly domain?: string | undefined;
  readonly category?: string | undefined;
  readonly tag?: string | undefined;
  readonly implementation?: string | undefined;
}

export function addListEntries(server: McpServer, shelf: Shelf): void {
  server.registerTool(
    "list_entries",
    {
      title: "List catalog entries",
      description:
        "Returns ids and titles of the failures that the catalog knows, in the order of ids: all of them, or those of a " +
        "domain, a category, a tag or an implementation; several filters narrow. Use it to see what exists; to find " +
        "the meaning of an error use explain_error, to find entries by words use search_entries. An empty list says " +
        "that nothing fits; a domain or tag that does not exist is an error that names those that do.",
      inputSchema: z.object({
        domain: filterInput.optional().describe("The part of an id before its stroke, such as tcp, http2, envoy."),
        category: z.enum(categories).optional(),
        tag: filterInput.optional().describe("Such as goaway, keepalive, timeout."),
        implementation: z.enum(implementations).optional().describe("The program whose texts the entry knows."),
        lang: languageInput,
      }),
      outputSchema: z.object({ count: z.int(), entries: z.array(listedEntryOutput) }),
      annotations: localReading,
    },
    ({ lang, ...filter }) => {
      const found = recordsFor(filter, shelf).map((record) => listedEntry(record, lang));
      const lines = found.map(({ id, title }) => `${id}: ${title}`);
      return {
        content: [{ type: "text", text: [`${found.length} of ${shelf.records.length} entries`, ...lines].join("\n") }],
        structuredContent: { count: found.length, entries: found },
      };
    },
  );
}

function recordsFor({ domain, category, tag, implementation }: Filter, { records }: Shelf): readonly FoundRecord[] {
  const all = records.map((found) => ({ found, about: entrySummary(found, "en") }));
  expectKnown(
    "domain",
    domain,
    all.map(({ about }) => about.domain),
  );
  expectKnown(
    "tag",
    tag,
    all.flatMap(({ about }) => about.tags),
  );
  return all
    .filter(
      ({ about }) =>
        (domain === undefined || about.domain === domain) &&
        (category === undefined || about.category === category) &&
        (tag === undefined || about.tags.includes(tag)) &&
        (implementation === undefined || about.implementations.includes(implementation)),
    )
    .map(({ found }) => found);
}

/** Throws when no entry has the name: an empty answer would look as if nothing could fail there. */
function expectKnown(what: "domain" | "tag", asked: string | undefined, names: readonly string[]): void {
  if (asked === undefined || names.includes(asked)) return;
  const known = [...new Set(names)].sort();
  const help = known.length <= 30 ? ` Expected one of: ${known.join(", ")}.` : nearestSentence(asked, known);
  throw new Error(`No entry has the ${what} ${asked}.${help}`);
}

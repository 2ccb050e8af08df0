/** The tool `list_entries`. */

import { entries, type EntryRecord } from "@holdfast/catalog";
import { categories, implementations } from "@holdfast/catalog/schema";
import type { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { listedEntry, listedEntryOutput } from "./listed-entry.ts";
import { localReading } from "./local-reading.ts";
import { nearestSentence } from "./nearest-sentence.ts";
import { filterInput, languageInput } from "./tool-inputs.ts";

interface Filter {
  readonly domain?: string | undefined;
  readonly category?: string | undefined;
  readonly tag?: string | undefined;
  readonly implementation?: string | undefined;
}

export function addListEntries(server: McpServer): void {
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
      const found = entriesOf(filter).map((record) => listedEntry(record, lang));
      const lines = found.map(({ id, title }) => `${id}: ${title}`);
      return {
        content: [{ type: "text", text: [`${found.length} of ${entries().length} entries`, ...lines].join("\n") }],
        structuredContent: { count: found.length, entries: found },
      };
    },
  );
}

function entriesOf({ domain, category, tag, implementation }: Filter): readonly EntryRecord[] {
  expectKnown(
    "domain",
    domain,
    entries().map((record) => record.domain),
  );
  expectKnown(
    "tag",
    tag,
    entries().flatMap(({ tags }) => tags),
  );
  return entries().filter(
    (record) =>
      (domain === undefined || record.domain === domain) &&
      (category === undefined || record.category === category) &&
      (tag === undefined || record.tags.includes(tag)) &&
      (implementation === undefined || record.signatures.some((each) => each.implementation === implementation)),
  );
}

/** Throws when no entry has the name: an empty answer would look as if nothing could fail there. */
function expectKnown(what: "domain" | "tag", asked: string | undefined, names: readonly string[]): void {
  if (asked === undefined || names.includes(asked)) return;
  const known = [...new Set(names)].sort();
  const help = known.length <= 30 ? ` Expected one of: ${known.join(", ")}.` : nearestSentence(asked, known);
  throw new Error(`No entry has the ${what} ${asked}.${help}`);
}

/** The tool `get_entry`. */

import type { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { entryBrief } from "./entry-brief.ts";
import { entryOutput, entryOutputOf } from "./entry-output.ts";
import { findEntry } from "./find-entry.ts";
import { localReading } from "./local-reading.ts";
import type { Shelf } from "./shelf.ts";
import { idInput, languageInput } from "./tool-inputs.ts";

export function addGetEntry(server: McpServer, shelf: Shelf): void {
  server.registerTool(
    "get_entry",
    {
      title: "Read a catalog entry",
      description:
        "Returns all that the catalog knows about one failure: what happens on the wire, the texts by which each " +
        "program shows it, whether the server may have acted on the call, workarounds best first with what was " +
        "measured, dead ends with the reason why they fail, how to be sure, related entries, and how each claim is " +
        "known with its sources. Use it after explain_error, search_entries or list_entries, with an id that one of " +
        "them gave. An unknown id is an error that names the nearest ids.",
      inputSchema: z.object({ id: idInput.describe("Id or alias, such as tcp/fin-inflight."), lang: languageInput }),
      outputSchema: entryOutput,
      annotations: localReading,
    },
    async ({ id, lang }) => {
      const output = entryOutputOf(await findEntry(shelf, id), lang);
      return { content: [{ type: "text", text: entryBrief(output, lang) }], structuredContent: output };
    },
  );
}

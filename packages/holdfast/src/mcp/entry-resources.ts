/** Entries as resources: `holdfast://entry/<id>`, a page of Markdown; with `?lang=zh` in Chinese. */

import { isEntryRecord, recordMarkdown } from "@holdfast/catalog/render";
import { ResourceNotFoundError, ResourceTemplate, type McpServer } from "@modelcontextprotocol/server";
import { ZodError } from "zod";
import type { FoundRecord } from "../catalog/catalog-entries.ts";
import { entrySummary } from "../catalog/entry-summary.ts";
import { findEntry } from "./find-entry.ts";
import type { Shelf } from "./shelf.ts";
import { idInput, maxNameLetters } from "./tool-inputs.ts";

const mimeType = "text/markdown";
const maxCompletions = 100; // of the protocol, for one answer

export function addEntryResources(server: McpServer, shelf: Shelf): void {
  const template = new ResourceTemplate("holdfast://entry/{+id}", {
    list: () => ({
      resources: shelf.records.map((found) => {
        const { id, title } = entrySummary(found, "en");
        const description = isEntryRecord(found.record) ? found.record.happened : found.record.root_cause;
        return { uri: `holdfast://entry/${id}`, name: id, title, description, mimeType };
      }),
    }),
    complete: {
      id: (begun) =>
        shelf.records
          .map(({ record }) => record.id)
          .filter((id) => id.startsWith(begun))
          .slice(0, maxCompletions),
    },
  });
  server.registerResource(
    "entry",
    template,
    {
      title: "Catalog entry",
      description: "All that the catalog knows about one failure, as a page of Markdown; with ?lang=zh in Chinese.",
      mimeType,
    },
    async (uri) => {
      const { record } = await recordAt(shelf, uri);
      const language = uri.searchParams.get("lang") === "zh" ? "zh" : "en";
      return { contents: [{ uri: uri.href, mimeType, text: recordMarkdown(record, { language }) }] };
    },
  );
}

async function recordAt(shelf: Shelf, uri: URL): Promise<FoundRecord> {
  try {
    return await findEntry(shelf, idInput.parse(uri.pathname.slice(1)));
  } catch (error) {
    if (error instanceof ZodError)
      throw new ResourceNotFoundError(uri.href.slice(0, maxNameLetters), "no id of an entry");
    throw new ResourceNotFoundError(uri.href, error instanceof Error ? error.message : String(error));
  }
}

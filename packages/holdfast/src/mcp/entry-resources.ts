/** Entries as resources: `holdfast://entry/<id>`, a page of Markdown; with `?lang=zh` in Chinese. */

import { entries, type EntryRecord } from "@holdfast/catalog";
import { recordMarkdown } from "@holdfast/catalog/render";
import { ResourceNotFoundError, ResourceTemplate, type McpServer } from "@modelcontextprotocol/server";
import { ZodError } from "zod";
import { findEntry } from "./find-entry.ts";
import { idInput, maxNameLetters } from "./tool-inputs.ts";

const mimeType = "text/markdown";
const maxCompletions = 100; // of the protocol, for one answer

export function addEntryResources(server: McpServer): void {
  const template = new ResourceTemplate("holdfast://entry/{+id}", {
    list: () => ({
      resources: entries().map(({ id, title, happened }) => ({
        uri: `holdfast://entry/${id}`,
        name: id,
        title,
        description: happened,
        mimeType,
      })),
    }),
    complete: {
      id: (begun) =>
        entries()
          .map(({ id }) => id)
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
    (uri) => {
      const language = uri.searchParams.get("lang") === "zh" ? "zh" : "en";
      return { contents: [{ uri: uri.href, mimeType, text: recordMarkdown(recordAt(uri), { language }) }] };
    },
  );
}

function recordAt(uri: URL): EntryRecord {
  try {
    return findEntry(idInput.parse(uri.pathname.slice(1)));
  } catch (error) {
    if (error instanceof ZodError)
      throw new ResourceNotFoundError(uri.href.slice(0, maxNameLetters), "no id of an entry");
    throw new ResourceNotFoundError(uri.href, error instanceof Error ? error.message : String(error));
  }
}

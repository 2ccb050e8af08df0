/** Runs one `holdfast show`. How a record looks is the catalog's. */

import { recordHtmlDocument, recordJson, recordMarkdown, recordText } from "@holdfast/catalog/render";
import { called } from "../called.ts";
import { exitStatus } from "../exit-status.ts";
import { writeOut } from "../explain/write-out.ts";
import type { FoundRecord } from "./catalog-entries.ts";
import { nearestIds } from "./nearest-ids.ts";
import { note, openEntries, type Fail } from "./open-entries.ts";
import { screen } from "./screen.ts";
import type { ShowFlags } from "./show-command.ts";

export async function runShow(id: string, flags: ShowFlags, fail: Fail): Promise<number> {
  const all = `\`${called()} list\` names all`;
  if (id.trim() === "") fail(`no entry is named: give an id, such as tcp/fin-inflight; ${all}`);
  const entries = await openEntries(flags.catalog, fail);
  const found = await entries.find(id);
  if (found === undefined) {
    const near = nearestIds(id, entries.names);
    const guess = near.length === 0 ? all : `nearest: ${near.join(", ")}`;
    note(`no entry is called ${id}; ${guess}`);
    return exitStatus.wrong;
  }
  // The text says so itself; the other formats hold the record and nothing else.
  if (found.from?.isInPlace === true && flags.format !== "text")
    note(`${found.from.path} takes the place of our entry ${found.record.id}`);
  await writeOut(face(found, flags));
  return exitStatus.fine;
}

function face({ record, from }: FoundRecord, { format, lang }: ShowFlags): string {
  const language = { language: lang };
  switch (format) {
    case "json":
      return recordJson(record);
    case "md":
      return recordMarkdown(record, language);
    case "html":
      return recordHtmlDocument(record, language);
    case "text":
      return recordText(record, { ...language, ...screen(), ...(from === undefined ? {} : { from }) });
  }
}

/** Runs one `holdfast search`. */

import { foldText } from "@holdfast/catalog/fold-text";
import { isHan } from "@holdfast/catalog/search";
import { called } from "../called.ts";
import { exitStatus } from "../exit-status.ts";
import { writeOut } from "../explain/write-out.ts";
import { note, openEntries, type Fail } from "./open-entries.ts";
import { screen } from "./screen.ts";
import type { SearchFlags } from "./search-command.ts";
import { createEntrySearch, type SearchHit } from "./search-entries.ts";

/** A terminal shows so many; --json all. */
const maxShown = 10;

export async function runSearch(words: string, flags: SearchFlags, fail: Fail): Promise<number> {
  if (words.trim() === "") fail("nothing to search for: give at least one word");
  const entries = await openEntries(flags.catalog, fail);
  const { search } = await createEntrySearch(await entries.all());
  const hits = search(words, flags.lang ?? (isHan(words) ? "zh" : "en"));
  if (flags.json === true) await writeOut(`${JSON.stringify(hits, undefined, 2)}\n`);
  else if (hits.length === 0) note(`nothing found for ${words}; \`${called()} list\` names all entries`);
  else await writeOut(hitLines(hits));
  return hits.length === 0 ? exitStatus.wrong : exitStatus.fine;
}

function hitLines(hits: readonly SearchHit[]): string {
  const { columns, paint } = screen();
  const lines = hits
    .slice(0, maxShown)
    .flatMap(({ id, title, match, from }) => [
      ...foldText(title, columns).map((line) => paint.strong(line)),
      `  ${id}${from === undefined ? "" : ` (${from})`}`,
      ...foldText(match, columns - 2).map((line) => paint.faint(`  ${line}`)),
    ]);
  const rest = hits.length - maxShown;
  return `${lines.join("\n")}\n${rest > 0 ? `${rest} more: --json\n` : ""}`;
}

/** Loads the catalog for a site, with the records of a folder that somebody brought along. */

import { CatalogEntries } from "../catalog/catalog-entries.ts";
import { openFolder, type Fail } from "../catalog/open-entries.ts";
import { ownPatterns } from "../catalog/own-patterns.ts";
import { viewOf, type CatalogView } from "./catalog-view.ts";
import { addressProblem } from "./free-address.ts";

/** A folder or a record that cannot be used ends the command; the message says which and why. Default: no folder. */
export async function openCatalog(folder: string | undefined, fail: Fail): Promise<CatalogView> {
  const brought = folder === undefined ? undefined : await openFolder(folder, fail);
  for (const { record, path } of brought?.records ?? []) {
    const problem = addressProblem(record.id);
    if (problem !== undefined) fail(`${path}: id: ${record.id}: ${problem}`);
  }
  const patterns = brought === undefined ? [] : (await ownPatterns(brought, fail)).patterns;
  const entries = await CatalogEntries.load(brought);
  return viewOf(await entries.all(), patterns);
}

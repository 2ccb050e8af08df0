/** The way of every command here to its entries: reads the folder of `--catalog`, if one was named, and says what it left. */

import { CatalogEntries } from "./catalog-entries.ts";
import { FolderError, readFolder } from "./read-folder.ts";

/** Prints and ends the command with the status of a mistake. */
export type Fail = (message: string) => never;

/** Notes go to standard error: standard output belongs to the record. */
export async function openEntries(folder: string | undefined, fail: Fail): Promise<CatalogEntries> {
  if (folder === undefined) return CatalogEntries.load();
  try {
    const brought = await readFolder(folder);
    const { records, passedOver } = brought;
    const passed = passedOver === 0 ? "" : `, ${passedOver} passed over (not *.json)`;
    note(`${folder}: ${records.length} ${records.length === 1 ? "record" : "records"} read${passed}`);
    return await CatalogEntries.load(brought);
  } catch (error) {
    if (error instanceof FolderError) fail(error.message);
    throw error;
  }
}

/** Names of files may hold anything, so what a terminal would obey is shown as an escape. */
export function note(text: string): void {
  process.stderr.write(
    `${text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => JSON.stringify(character).slice(1, -1))}\n`,
  );
}

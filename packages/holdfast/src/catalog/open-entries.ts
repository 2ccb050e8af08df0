/** The way of every command here to its entries: reads the folder of `--catalog`, if one was named, and says what it left. */

import { CatalogEntries } from "./catalog-entries.ts";
import { plainLine } from "./plain-line.ts";
import { FolderError, readFolder, type BroughtFolder } from "./read-folder.ts";

/** Prints and ends the command with the status of a mistake. */
export type Fail = (message: string) => never;

export async function openEntries(folder: string | undefined, fail: Fail): Promise<CatalogEntries> {
  return CatalogEntries.load(folder === undefined ? undefined : await openFolder(folder, fail));
}

/** Notes go to standard error: standard output belongs to the record. */
export async function openFolder(folder: string, fail: Fail): Promise<BroughtFolder> {
  try {
    const brought = await readFolder(folder);
    const { records, passedOver } = brought;
    const passed = passedOver === 0 ? "" : `, ${passedOver} passed over (not *.json)`;
    note(`${folder}: ${records.length} ${records.length === 1 ? "record" : "records"} read${passed}`);
    return brought;
  } catch (error) {
    if (error instanceof FolderError) fail(plainLine(error.message));
    throw error;
  }
}

export function note(text: string): void {
  process.stderr.write(`${plainLine(text)}\n`);
}

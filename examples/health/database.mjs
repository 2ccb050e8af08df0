/**
 * One SQLite file: the program's own reads, and the question whether it is there. Node's `node:sqlite` where this Node has
 * it (22.13 and later), else SQLite as WebAssembly; both work on the real file.
 */
import { existsSync } from "node:fs";

/** @returns {Promise<(path: string) => { get(sql: string, ...values: string[]): Record<string, unknown> | undefined, close(): void }>} Opens a file that must exist. */
async function openerOfFiles() {
  try {
    const { DatabaseSync } = await import("node:sqlite");
    return (path) => {
      const file = new DatabaseSync(path, { readOnly: true });
      return { get: (sql, ...values) => file.prepare(sql).get(...values), close: () => file.close() };
    };
  } catch {
    const { default: sqlite } = await import("node-sqlite3-wasm");
    return (path) => {
      const file = new sqlite.Database(path, { readOnly: true, fileMustExist: true });
      return { get: (sql, ...values) => file.get(sql, values) ?? undefined, close: () => file.close() };
    };
  }
}

const openFile = await openerOfFiles();

/**
 * Throws when the file is gone, locked or not a database. It opens the file anew: a handle that is open goes on working
 * on a file that was deleted.
 */
export function pingDatabase(path) {
  const file = openFile(path);
  try {
    file.get("SELECT count(*) FROM items");
  } finally {
    file.close();
  }
}

/** Makes the file with a few items in it, unless it is there. */
export async function makeDatabase(path) {
  if (existsSync(path)) return;
  const { default: sqlite } = await import("node-sqlite3-wasm");
  const file = new sqlite.Database(path);
  file.exec("CREATE TABLE items (id TEXT PRIMARY KEY, text TEXT); INSERT INTO items VALUES ('7', 'item 7')");
  file.close();
}

/** The text of an item; undefined when there is none of this id. */
export function readItem(path, id) {
  const file = openFile(path);
  try {
    return file.get("SELECT text FROM items WHERE id = ?", id)?.text;
  } finally {
    file.close();
  }
}

/**
 * Owns both ends of a journal: the backend that writes the id of each call it executes, and the parent that reads along.
 * A journal is a file of one process; each line is one execution.
 */

import { closeSync, openSync, readSync, writeSync } from "node:fs";

/** Opens a journal for appending. A line is in the kernel's hands when `write` returns, so it outlives a SIGKILL. */
export function openJournal(path: string): { write(id: string): void } {
  const file = openSync(path, "a");
  return { write: (id) => void writeSync(file, `${id}\n`) };
}

/** What is read at once; a burst of 6,000 calls fits. */
const readBytes = 65_536;

/** Reads a journal from its beginning, as it grows. Makes the file, so that it can be read before its writer lives. */
export class JournalReader {
  readonly #file: number;
  readonly #buffer = Buffer.alloc(readBytes);
  #rest = "";

  constructor(path: string) {
    this.#file = openSync(path, "a+");
  }

  /** The whole lines that have come since the last time. */
  *lines(): Generator<string> {
    for (;;) {
      // Position null reads on from where the last read ended.
      const bytes = readSync(this.#file, this.#buffer, 0, readBytes, null);
      if (bytes === 0) return;
      const parts = (this.#rest + this.#buffer.toString("latin1", 0, bytes)).split("\n");
      this.#rest = parts.pop() ?? "";
      yield* parts;
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

/**
 * The entries that a command can name: ours, and those of a folder that was brought along, which go before ours. Owns how
 * an id or an alias becomes a record; loads no record before it is asked for.
 */

import type { EntryRecord, ReceivedRecord } from "@holdfast/catalog/schema";
import { loadRecord } from "../explain/told-finding.ts";
import type { BroughtFolder } from "./read-folder.ts";

export interface FoundRecord {
  readonly record: ReceivedRecord | EntryRecord;
  /** Absent for a record of ours. */
  readonly from?: { readonly path: string; readonly isInPlace: boolean };
}

interface NamedEntry {
  readonly id: string;
  readonly aliases: readonly string[];
}

const nothing: BroughtFolder = { records: [], passedOver: 0 };

export class CatalogEntries {
  readonly #ours: readonly NamedEntry[];
  readonly #brought: BroughtFolder;

  /** Loads the table of ours: ids and aliases, no words. */
  static async load(brought: BroughtFolder = nothing): Promise<CatalogEntries> {
    const { table } = await import("@holdfast/catalog/data/signatures.js");
    return new CatalogEntries(table.entries, brought);
  }

  private constructor(ours: readonly NamedEntry[], brought: BroughtFolder) {
    this.#ours = ours;
    this.#brought = brought;
  }

  /** Ids and aliases, each once. */
  get names(): readonly string[] {
    const named = [...this.#brought.records.map(({ record }) => record), ...this.#ours];
    return [...new Set(named.flatMap(({ id, aliases }) => [id, ...aliases]))];
  }

  /** By id before alias, what was brought before ours. */
  async find(name: string): Promise<FoundRecord | undefined> {
    const { records } = this.#brought;
    const theirs =
      records.find(({ record }) => record.id === name) ??
      (this.#ours.some(({ id }) => id === name)
        ? undefined
        : records.find(({ record }) => record.aliases.includes(name)));
    if (theirs !== undefined) {
      const { record, path } = theirs;
      return { record, from: { path, isInPlace: this.#isOurs(record.id) } };
    }
    const ours = this.#ours.find(({ id }) => id === name) ?? this.#ours.find(({ aliases }) => aliases.includes(name));
    if (ours === undefined) return undefined;
    // An alias of ours may lead to an id that somebody has a record of their own for.
    if (ours.id !== name && records.some(({ record }) => record.id === ours.id)) return this.find(ours.id);
    const record = await loadRecord(ours.id);
    return record === undefined ? undefined : { record };
  }

  /** Every record in the order of ids, without what a terminal would obey. */
  async all(): Promise<readonly FoundRecord[]> {
    const [{ records: ours }, { plainRecord }] = await Promise.all([
      import("@holdfast/catalog/data/records.js"),
      import("@holdfast/catalog/render"),
    ]);
    const theirs = this.#brought.records.map(({ record, path }): FoundRecord => {
      return { record: plainRecord(record), from: { path, isInPlace: this.#isOurs(record.id) } };
    });
    const taken = new Set(theirs.map(({ record }) => record.id));
    const rest = ours.filter(({ id }) => !taken.has(id)).map((record): FoundRecord => ({ record }));
    return [...theirs, ...rest].sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
  }

  #isOurs(id: string): boolean {
    return this.#ours.some((entry) => entry.id === id);
  }
}

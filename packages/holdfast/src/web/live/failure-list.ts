/**
 * Owns the latest failures of a run as they are told: those that read the same together, each with the entry that explains
 * it. How an entry is found is given from outside, and may take a while.
 */

import type { ClientName, FailedCall, NamedFailure } from "@holdfast/lab/demo";
import type { EntryLink, ToldFailure } from "./page/live-view.ts";

/** Finds what the catalog says of a failure; undefined when it does not know. */
export type FindEntry = (failure: FailedCall) => Promise<EntryLink | undefined>;

/** Of each client so many are kept: a screen's worth. */
const keptOfClient = 4;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export class FailureList {
  readonly #findEntry: FindEntry;
  /** Of each client, newest last. */
  readonly #told = new Map<ClientName, readonly Mutable<ToldFailure>[]>();
  #looking = Promise.resolve();

  constructor(findEntry: FindEntry) {
    this.#findEntry = findEntry;
  }

  add(named: NamedFailure): void {
    const { client, method, failure } = named;
    const { code, processed, text, atMs } = failure;
    const kept = this.#told.get(client) ?? [];
    const same = kept.find((told) => {
      return told.method === method && told.code === code && told.processed === processed && told.text === text;
    });
    if (same !== undefined) {
      same.count++;
      same.atMs = atMs;
      this.#told.set(client, [...kept.filter((told) => told !== same), same]);
      return;
    }
    const told = { client, method, code, ...(processed === undefined ? {} : { processed }), text, count: 1, atMs };
    this.#told.set(client, [...kept, told].slice(-keptOfClient));
    this.#looking = Promise.all([this.#looking, this.#link(told, failure)]).then(() => undefined);
  }

  /** Resolves when nothing is being looked up any more. */
  looked(): Promise<void> {
    return this.#looking;
  }

  /** Newest first. */
  latest(): readonly ToldFailure[] {
    return [...this.#told.values()].flat().sort((one, other) => other.atMs - one.atMs);
  }

  async #link(told: Mutable<ToldFailure>, failure: FailedCall): Promise<void> {
    // A failure without a link is still told.
    const entry = await this.#findEntry(failure).catch(() => undefined);
    if (entry !== undefined) told.entry = entry;
  }
}

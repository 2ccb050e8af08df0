/** What the gate's rules have in common: what they look at, and how they answer. */

import type { CompiledCatalog } from "../compile-catalog.ts";
import type { CatalogSources } from "../read-sources.ts";

export interface GateInput {
  readonly sources: CatalogSources;
  readonly compiled: CompiledCatalog;
  /** Ids of entries that the library can name → by what, in words. */
  readonly libraryIds: ReadonlyMap<string, string>;
  /** Entries that have an experiment: `packages/lab/experiments/<id>.ts`. */
  readonly experiments: ReadonlySet<string>;
  /** The entries that explain names for a printed text. */
  readonly said: (text: string) => readonly string[];
  /** Documents and sources of the whole project: path → text. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface GateRule {
  /** Kebab-case, says what is wrong. */
  readonly id: string;
  /** One line: why it matters. */
  readonly why: string;
  /** Every breach in one line, with its place. */
  check(input: GateInput): Iterable<string>;
}

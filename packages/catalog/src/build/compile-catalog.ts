/** All sources → all records and the table that matching loads. Same sources, same result, to the byte. */

import { reasons } from "@holdfast/grpc/report";
import type { SignatureTable } from "../match/signature-table.ts";
import type { EntryRecord } from "../record/entry-record.ts";
import { compileEntry } from "./compile-entry.ts";
import { edgesOf, type Edges } from "./edges.ts";
import type { CatalogSources, EntrySource } from "./read-sources.ts";

export interface CompiledCatalog {
  /** By id. */
  readonly records: readonly EntryRecord[];
  readonly table: SignatureTable;
}

const noEdges: Edges = { leadsTo: [], precededBy: [], confusedWith: [] };

export function compileCatalog({ entries, questions }: CatalogSources): CompiledCatalog {
  const edges = edgesOf(entries);
  const edgesFor = (id: string) => edges.get(id) ?? noEdges;
  const records = entries.map((entry) => compileEntry(entry, { edges: edgesFor(entry.id), questions }));
  const table: SignatureTable = {
    entries: entries.map(({ id, facts }) => ({
      id,
      aliases: facts.aliases,
      processed: facts.processed.answer,
      confusedWith: edgesFor(id).confusedWith,
    })),
    signatures: entries.flatMap(tableSignatures),
    questions: questions.map(({ id, source }) => ({
      id,
      answers: Object.fromEntries(Object.entries(source.answers).map(([answer, { fits }]) => [answer, fits])),
    })),
    reasons: Object.fromEntries(Object.entries(reasons).map(([reason, { entry }]) => [reason, entry])),
  };
  return { records, table };
}

function tableSignatures({ signatures }: EntrySource, entry: number): SignatureTable["signatures"] {
  return signatures.map(({ implementation, code, text, rank, whole, context, role }) => {
    return { entry, implementation, code, text, rank, whole, context, role };
  });
}

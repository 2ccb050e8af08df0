/** The graph of the entries with both ends of every edge: whoever writes an edge down needs to write it once. */

import type { EntrySource } from "./read-sources.ts";

export interface Edges {
  readonly leadsTo: readonly string[];
  readonly precededBy: readonly string[];
  readonly confusedWith: readonly string[];
}

const opposite = { leadsTo: "precededBy", precededBy: "leadsTo", confusedWith: "confusedWith" } as const;

/**
 * Edges of every entry: its own in the order they were written, then those that others wrote. An edge to an entry that
 * does not exist is left out here and found by the gate.
 */
export function edgesOf(entries: readonly EntrySource[]): ReadonlyMap<string, Edges> {
  const sets = new Map(
    entries.map(({ id }) => [
      id,
      { leadsTo: new Set<string>(), precededBy: new Set<string>(), confusedWith: new Set<string>() },
    ]),
  );
  const written = entries.flatMap(({ id, facts }) => [
    ...facts.leads_to.map((to) => ({ id, kind: "leadsTo", to }) as const),
    ...facts.preceded_by.map((to) => ({ id, kind: "precededBy", to }) as const),
    ...facts.confused_with.map((to) => ({ id, kind: "confusedWith", to }) as const),
  ]);
  const known = written.filter(({ id, to }) => to !== id && sets.has(to));
  for (const { id, kind, to } of known) sets.get(id)?.[kind].add(to);
  for (const { id, kind, to } of known) sets.get(to)?.[opposite[kind]].add(id);
  return new Map(
    [...sets].map(([id, { leadsTo, precededBy, confusedWith }]) => [
      id,
      { leadsTo: [...leadsTo], precededBy: [...precededBy], confusedWith: [...confusedWith] },
    ]),
  );
}

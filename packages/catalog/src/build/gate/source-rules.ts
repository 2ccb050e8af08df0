/** Gate: what can be read, and what every claim leans on. */

import { entryRecord } from "../../record/entry-record.ts";
import { problemText } from "../problem.ts";
import { claimsOf } from "./claims.ts";
import type { GateRule } from "./gate-rule.ts";

export const sourceRules: readonly GateRule[] = [
  {
    id: "unreadable",
    why: "a file that its schema refuses is not in the catalog at all",
    check: ({ sources }) => sources.problems.map(problemText),
  },
  {
    id: "record-breaks-schema",
    why: "the published JSON Schema is a promise about every record",
    *check({ compiled }) {
      for (const record of compiled.records) {
        for (const { path, message } of entryRecord.safeParse(record).error?.issues ?? []) {
          yield `${record.id}: ${path.join(".")}: ${message}`;
        }
      }
    },
  },
  {
    id: "claim-without-source",
    why: "a claim leans on something that a reader can look up, or says that it is unverified",
    *check({ sources }) {
      for (const { place, origin, sources: keys } of sources.entries.flatMap(claimsOf)) {
        if (keys.length === 0 && origin !== "unverified") yield `${place}: origin ${origin}, no source`;
      }
    },
  },
  {
    id: "source-missing",
    why: "a claim that names a source which the entry does not list leans on nothing",
    *check({ sources }) {
      for (const entry of sources.entries) {
        for (const { place, sources: keys } of claimsOf(entry)) {
          for (const key of keys) if (entry.facts.sources[key] === undefined) yield `${place}: no source "${key}"`;
        }
      }
    },
  },
  {
    id: "source-unused",
    why: "a source that no claim leans on proves nothing and would be counted as evidence",
    *check({ sources }) {
      for (const entry of sources.entries) {
        const used = new Set(claimsOf(entry).flatMap((claim) => claim.sources));
        for (const key of Object.keys(entry.facts.sources)) if (!used.has(key)) yield `${entry.id}: ${key}`;
      }
    },
  },
];

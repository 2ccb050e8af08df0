/** Gate: edges between entries, names they go by, and the questions that tell them apart. */

import type { EntryRecord } from "../../record/entry-record.ts";
import type { CatalogSources, Question } from "../read-sources.ts";
import type { GateInput, GateRule } from "./gate-rule.ts";

export const graphRules: readonly GateRule[] = [
  {
    id: "edge-to-nowhere",
    why: "a relation to an entry that does not exist is a dead link",
    *check({ sources }) {
      const ids = idsOf(sources);
      for (const { id, facts } of sources.entries) {
        for (const kind of ["leads_to", "preceded_by", "confused_with"] as const) {
          for (const to of facts[kind]) {
            if (to === id) yield `${id} ${kind}: itself`;
            else if (!ids.has(to)) yield `${id} ${kind}: ${to}`;
          }
        }
      }
    },
  },
  {
    id: "one-way-edge",
    why: "who stands at the other end of a relation must see it too",
    check: ({ compiled }) => oneWayEdges(compiled.records),
  },
  {
    id: "alias-taken",
    why: "an alias leads to exactly one entry",
    *check({ sources }) {
      const taken = idsOf(sources);
      for (const { id, facts } of sources.entries) {
        for (const alias of facts.aliases) {
          if (taken.has(alias)) yield `${id}: ${alias}`;
          taken.add(alias);
        }
      }
    },
  },
  {
    id: "question-about-nobody",
    why: "an answer that speaks for an entry which does not exist decides nothing",
    *check({ sources }) {
      const ids = idsOf(sources);
      for (const { id, source } of sources.questions) {
        for (const [answer, { fits }] of Object.entries(source.answers)) {
          for (const fit of fits) if (!ids.has(fit)) yield `questions/${id} ${answer}: ${fit}`;
        }
      }
    },
  },
  {
    id: "question-without-difference",
    why: "a question whose answers all speak for the same entries is asked in vain",
    *check({ sources }) {
      for (const { id, source } of sources.questions) {
        const kinds = new Set(Object.values(source.answers).map(({ fits }) => [...new Set(fits)].sort().join(" ")));
        if (kinds.size < 2) yield `questions/${id}`;
      }
    },
  },
  {
    id: "confused-without-question",
    why: "who says that two failures are confused also says how to tell them apart",
    *check({ sources, compiled }) {
      for (const { id, confusedWith } of compiled.table.entries) {
        for (const other of confusedWith.filter((name) => id < name)) {
          if (!sources.questions.some((question) => separates(question, id, other))) yield `${id} and ${other}`;
        }
      }
    },
  },
  {
    id: "title-twice",
    why: "two entries with one title cannot be told apart in a list",
    *check({ sources }) {
      for (const language of ["en", "zh"] as const) {
        const first = new Map<string, string>();
        for (const entry of sources.entries) {
          const { title } = entry[language];
          const other = first.get(title);
          if (other === undefined) first.set(title, entry.id);
          else yield `${entry.id} and ${other}: ${title}`;
        }
      }
    },
  },
];

export function idsOf({ entries, brokenIds }: CatalogSources): Set<string> {
  return new Set([...entries.map(({ id }) => id), ...brokenIds]);
}

/** Whether one answer of the question speaks for `one` and another answer for `other`. */
export function separates({ source }: Question, one: string, other: string): boolean {
  const answersFor = (id: string) =>
    Object.keys(source.answers).filter((answer) => source.answers[answer]?.fits.includes(id));
  const [forOne, forOther] = [answersFor(one), answersFor(other)];
  return forOne.length > 0 && forOther.length > 0 && forOne.join(" ") !== forOther.join(" ");
}

export function* oneWayEdges(records: readonly Pick<EntryRecord, "id" | "transition_graph">[]): Generator<string> {
  const graphs = new Map(records.map(({ id, transition_graph: graph }) => [id, graph]));
  for (const [id, graph] of graphs) {
    for (const to of graph.leads_to) if (!graphs.get(to)?.preceded_by.includes(id)) yield `${id} leads_to ${to}`;
    for (const to of graph.preceded_by) if (!graphs.get(to)?.leads_to.includes(id)) yield `${id} preceded_by ${to}`;
    for (const to of graph.frequently_confused_with) {
      if (!graphs.get(to)?.frequently_confused_with.includes(id)) yield `${id} confused_with ${to}`;
    }
  }
}

/** For the counts: how many relations there are, each counted once. */
export function edgeCount({ compiled }: GateInput): number {
  return compiled.records.reduce((sum, { transition_graph: graph }) => {
    return sum + graph.leads_to.length + graph.frequently_confused_with.length / 2;
  }, 0);
}

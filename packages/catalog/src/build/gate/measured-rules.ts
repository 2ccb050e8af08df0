/** Gate: what an entry says it has measured, against what there is. */

import { claimsOf } from "./claims.ts";
import type { GateRule } from "./gate-rule.ts";

export const measuredRules: readonly GateRule[] = [
  {
    id: "reproduced-without-result",
    why: "reproduced means that a command of ours makes it happen again, with numbers; there are none",
    *check({ sources }) {
      for (const entry of sources.entries) {
        const failed = entry.measured?.clients.some(({ control }) => control.survived < control.trials) ?? false;
        if (failed) continue;
        for (const { place, origin } of claimsOf(entry)) if (origin === "reproduced") yield place;
      }
    },
  },
  {
    id: "result-without-experiment",
    why: "a number that nobody can count again is a claim like any other",
    *check({ sources, experiments }) {
      for (const { id, measured } of sources.entries) {
        if (measured !== undefined && !experiments.has(id)) yield `${id}: no packages/lab/experiments/${id}.ts`;
      }
    },
  },
  {
    id: "treatment-unknown",
    why: "what was tried is one of the entry's workarounds or dead ends, or nobody will find its number",
    *check({ sources }) {
      for (const { id, facts, measured } of sources.entries) {
        const known = new Set([...facts.workarounds, ...facts.dead_ends].map((claim) => claim.id));
        const tried = measured?.clients.flatMap(({ treatments }) => Object.keys(treatments)) ?? [];
        for (const treatment of new Set(tried)) if (!known.has(treatment)) yield `${id}: ${treatment}`;
      }
    },
  },
  {
    id: "printed-text-elsewhere",
    why: "what a client prints when this failure is made leads to this entry, alone or tied, or to one that the experiment names; else the entry does not know its failure",
    *check({ sources, said }) {
      for (const { id, measured } of sources.entries) {
        for (const { client, control } of measured?.clients ?? []) {
          for (const { text, example } of control.texts) {
            const ids = said(example);
            if (![id, ...(measured?.also ?? [])].some((right) => ids.includes(right)))
              yield `${id}: ${client} prints "${text}"; explain: ${ids.join(", ") || "not known"}`;
          }
        }
      }
    },
  },
];

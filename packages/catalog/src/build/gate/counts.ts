/** What `npm run catalog` prints above its findings: how much there is, by where it comes from. Judges nothing. */

import { implementations, origins } from "../../record/vocabulary.ts";
import { englishIn } from "./chinese-rules.ts";
import { claimsOf } from "./claims.ts";
import type { GateInput } from "./gate-rule.ts";
import { edgeCount, oneWayEdges, separates } from "./graph-rules.ts";
import { pairsWithOneText } from "./signature-rules.ts";

export function countLines(input: GateInput): readonly string[] {
  const { sources, compiled } = input;
  const { entries, questions } = sources;
  const claims = entries.flatMap(claimsOf);
  const signatures = entries.flatMap((entry) => entry.signatures);
  const unverified = claims.filter(({ origin }) => origin === "unverified");
  const unfounded = claims.filter((claim) => claim.origin !== "unverified" && claim.sources.length === 0);
  const chinese = entries.filter((entry) => [...englishIn(entry)].length === 0);
  const tied = pairsWithOneText(entries);
  const domains = entries.map(({ id }) => id.slice(0, id.indexOf("/")));
  return [
    row("entries", entries.length, tally(domains)),
    row(
      "claims",
      claims.length,
      tally(
        claims.map(({ origin }) => origin),
        origins,
      ),
    ),
    row("claims without a source", unfounded.length),
    row(
      "signatures",
      signatures.length,
      tally(
        signatures.map(({ implementation }) => implementation),
        implementations,
      ),
    ),
    row(
      "signatures by origin",
      signatures.length,
      tally(
        signatures.map(({ origin }) => origin),
        origins,
      ),
    ),
    row("Chinese complete", `${chinese.length} of ${entries.length}`),
    row("edges", edgeCount(input)),
    row("one-way edges", [...oneWayEdges(compiled.records)].length),
    row("questions", questions.length),
    ...measuredRows(input),
    row("pairs with one text", tied.length, `no question tells apart ${undecidedPairs(input).length}`),
    row("unverified claims", unverified.length),
    ...unverified.map(({ place }) => `  ${place}`),
  ];
}

/** Pairs of entries that share a text and that no question tells apart. */
export function undecidedPairs({ sources: { entries, questions } }: GateInput): ReturnType<typeof pairsWithOneText> {
  return pairsWithOneText(entries).filter(([one, other]) => {
    return !questions.some((question) => separates(question, one, other));
  });
}

function measuredRows({ sources, compiled }: GateInput): readonly string[] {
  const tiers = compiled.records.map(({ verification_tier: tier }) => tier);
  const clients = sources.entries.flatMap(({ measured }) => measured?.clients ?? []);
  const treatments = compiled.records.flatMap(({ workarounds, dead_ends }) => [...workarounds, ...dead_ends]);
  const arms = clients.flatMap(({ control, treatments: tried }) => [control, ...Object.values(tried)]);
  return [
    row("reproduced", tiers.filter((tier) => tier === "reproduced").length),
    row("emulated", tiers.filter((tier) => tier === "emulated").length),
    row("treatments measured", treatments.filter(({ measured }) => measured !== null).length),
    row(
      "trials",
      arms.reduce((all, { trials }) => all + trials, 0),
      tally(clients.map(({ client }) => client)),
    ),
  ];
}

function row(name: string, count: number | string, parts = ""): string {
  return `${name.padEnd(24)}${String(count).padStart(8)}${parts === "" ? "" : `   ${parts}`}`;
}

/** `a 3 · b 1`; in the order given, or by name. */
function tally(values: readonly string[], order: readonly string[] = [...new Set(values)].sort()): string {
  const counted = order.map((name) => ({ name, count: values.filter((value) => value === name).length }));
  return counted
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${name} ${count}`)
    .join(" · ");
}

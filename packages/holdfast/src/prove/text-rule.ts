/**
 * Owns the rule on texts: what a client prints when the failure of an entry is made must lead `explain` to that entry, own or
 * tied, or to one that the experiment names beside it. A text that does not is one that the catalog lacks.
 */

import { explain, namedEntries } from "@holdfast/catalog/explain";
import type { Experiment, TrialOutcome } from "@holdfast/lab/experiment";

export interface PrintedText {
  /** Ports, ids and times as `…`. */
  readonly text: string;
  readonly count: number;
  /** One of them as printed. */
  readonly example: string;
  /** What explain says of it: all entries that it ties, likeliest first; empty where it knows none. */
  readonly said: readonly string[];
  readonly named: boolean;
}

/** The texts of a control's failures, the most frequent first. */
export function printedTexts(
  { entry, also = [] }: Pick<Experiment, "entry" | "also">,
  client: string,
  outcomes: readonly TrialOutcome[],
): readonly PrintedText[] {
  const texts = new Map<string, { count: number; example: string }>();
  for (const { kind, failure } of outcomes) {
    if (kind !== "failed" || failure === undefined) continue;
    const seen = texts.get(failure.masked);
    if (seen === undefined) texts.set(failure.masked, { count: 1, example: failure.text });
    else seen.count++;
  }
  return [...texts]
    .map(([text, { count, example }]) => {
      const tried = triedTexts(client, example).map((pasted) => ({ pasted, said: namedEntries(explain(pasted)) }));
      const right = tried.find(({ said }) => [entry, ...also].some((id) => said.includes(id)));
      const { pasted, said } = right ?? tried.at(-1) ?? { pasted: example, said: [] };
      return { text, count, example: pasted, said, named: right !== undefined };
    })
    .sort((one, other) => other.count - one.count || (one.text < other.text ? -1 : 1));
}

/** Clients of HTTP/2 that know no gRPC, and so do not speak of it. */
const withoutGrpc: ReadonlySet<string> = new Set(["node-http2", "undici"]);

/**
 * What a user would paste: the text, and for a client that knows no gRPC the text as a program logs it, behind what failed.
 * By itself `other side closed` may be anybody's.
 */
function triedTexts(client: string, text: string): readonly string[] {
  return withoutGrpc.has(client) ? [text, `gRPC call /holdfast.lab.v1.Lab/Call failed: ${text}`] : [text];
}

/** One clear line for each text that explain does not give to the entry. */
export function textComplaints(entry: string, client: string, texts: readonly PrintedText[]): readonly string[] {
  return texts
    .filter(({ named }) => !named)
    .map(({ text, count, said }) => {
      const told = said.length === 0 ? "explain knows no cause for it" : `explain says ${said.join(" or ")}`;
      return `${entry}: ${client} printed ${count} × ${JSON.stringify(text)}; ${told}`;
    });
}

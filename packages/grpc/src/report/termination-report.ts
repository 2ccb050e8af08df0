/**
 * What a dead connection leaves: the facts, who ended it as far as it is proven, whom we suspect, and one line that says
 * so. Made from a `ConnectionEnd`; the guesses are `suspects.ts`, the words `summary.ts`.
 */

import type { ConnectionEnd } from "./connection-end.ts";
import { endedByOf, type EndedBy } from "./ended-by.ts";
import { printable } from "./printable.ts";
import { summaryOf } from "./summary.ts";
import { suspectsOf, type Suspect } from "./suspects.ts";

export type { ConnectionEnd, GoawaySeen } from "./connection-end.ts";
export type { EndedBy } from "./ended-by.ts";
export type { Suspect } from "./suspects.ts";

/** What a dead connection leaves. Plain data: survives JSON. */
export interface TerminationReport extends ConnectionEnd {
  readonly endedBy: EndedBy;
  readonly suspects: readonly Suspect[];
  /** One line a tired person understands. */
  readonly summary: string;
}

/** Judges the facts. What peers wrote into them is made printable, for the report ends up in logs and terminals. */
export function createTerminationReport(facts: ConnectionEnd): TerminationReport {
  const goaways = facts.goaways.map((each) => ({ ...each, debugData: printable(each.debugData) }));
  const end = { ...facts, goaways };
  const endedBy = endedByOf(end);
  const suspects = suspectsOf(end);
  return { ...end, endedBy, suspects, summary: printable(summaryOf(end, endedBy, suspects)) };
}

/**
 * What follows from the facts that no setting is planned by, because few programs can be told: each is looked at by one rule,
 * and what the rule says stands beside the files. Owns which rules those are.
 */

import type { Path } from "../hops/path.ts";
import { checkPath, type Finding } from "./check-path.ts";
import { pathRules } from "./rules-table.ts";

/** Bandwidth, cancellations, restarts, failovers: open until they are told. */
export const judgingRules: readonly string[] = ["lm-06", "lm-12", "dr-14", "nw-05"];

export function judgeFacts(path: Path): readonly Finding[] {
  return checkPath(
    path,
    pathRules.filter(({ id }) => judgingRules.includes(id)),
  ).findings;
}

/** Runs rules over a path. Owns what is done about facts that are not known; knows no rule. */

import { legsOf, relaysOf } from "../hops/legs.ts";
import type { Path, Workload } from "../hops/path.ts";
import { settlePath } from "../hops/settle.ts";
import type { Broken, PathView, Rule } from "./rule.ts";

export interface Finding extends Broken {
  readonly rule: Rule;
}

/** A rule that might be broken: it hangs on facts that nobody told. */
export interface OpenQuestion {
  readonly rule: Rule;
  readonly needs: readonly (keyof Workload)[];
}

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly open: readonly OpenQuestion[];
}

/** What would hurt most: a rule that is kept even so needs no answer. */
const worst: Required<Workload> = {
  longestCallMs: Infinity,
  longestSilenceDownMs: Infinity,
  longestSilenceUpMs: Infinity,
  longestPauseMs: Infinity,
  deadlineMs: Infinity,
  heartbeatMs: Infinity,
  peakCalls: Infinity,
  messageBytes: Infinity,
  streamBytes: Infinity,
  metadataBytes: Infinity,
  responseMetadataBytes: Infinity,
  roundTripMs: 60_000, // a minute: nobody waits longer for an answer and still calls the path alive
  bytesPerS: Infinity,
  cancelsPerS: Infinity,
  repeatable: true,
  deploys: true,
  propagateMs: Infinity,
  restartMs: Infinity,
  networkIdleMs: 1,
  failoverMs: Infinity,
  callsInShutdown: true,
};

/** Judges a path as it was set; defaults are filled in here. Fewer than two ends are no path, and break nothing. */
export function checkPath(path: Path, rules: readonly Rule[]): Judgement {
  const view = viewOf(path);
  if (view === undefined) return { findings: [], open: [] };
  const findings: Finding[] = [];
  const open: OpenQuestion[] = [];
  for (const rule of rules) {
    const unknown = (rule.needs ?? []).filter((name) => path.workload[name] === undefined);
    if (unknown.length === 0) {
      for (const broken of rule.find(view)) findings.push({ rule, ...broken });
    } else {
      const assumed = Object.fromEntries(unknown.map((name) => [name, worst[name]]));
      const worstView = viewOf({ ...path, workload: { ...path.workload, ...assumed } });
      if (worstView !== undefined && [...rule.find(worstView)].length > 0) open.push({ rule, needs: unknown });
    }
  }
  return { findings, open };
}

export function viewOf(path: Path): PathView | undefined {
  const settled = settlePath(path);
  const legs = legsOf(settled);
  const [first, last] = [legs[0], legs.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { longestSilenceDownMs, longestSilenceUpMs, heartbeatMs = Infinity } = path.workload;
  const quiet = (silenceMs: number | undefined): number | undefined =>
    silenceMs === undefined ? undefined : Math.min(silenceMs, heartbeatMs);
  return {
    ...settled,
    legs,
    relays: relaysOf(settled),
    client: first.from,
    server: last.to,
    silenceDownMs: quiet(longestSilenceDownMs),
    silenceUpMs: quiet(longestSilenceUpMs),
  };
}

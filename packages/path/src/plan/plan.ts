/** What planning gives: a path whose hops agree, why each value is what it is, and what settings alone cannot do. */

import type { PathFacts } from "../facts/path-facts.ts";
import type { Path } from "../hops/path.ts";
import type { Reason } from "./planned-hop.ts";

/** What the application or the operator has to do or to know, because no setting of these hops can do it. */
export interface Demand {
  readonly kind: "resume-streams" | "heartbeat" | "recycle-proxy" | "unwatched-leg";
  readonly says: string;
  readonly because: string;
  /** The rule that is broken without it; `unwatched-leg` breaks it, and says so. */
  readonly rule: string;
}

export interface PathPlan {
  readonly facts: PathFacts;
  readonly path: Path;
  /** Of each hop, in the order of the path: setting → why. */
  readonly reasons: readonly ReadonlyMap<string, Reason>[];
  readonly platformReasons: ReadonlyMap<string, Reason>;
  readonly demands: readonly Demand[];
}

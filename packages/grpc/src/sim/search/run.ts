/** What everybody in a run of a plan shares. */

import type { World } from "../world.ts";
import type { WireWatch } from "./wire-end.ts";
import type { CallPlan, WorldPlan } from "./world-plan.ts";

export interface Run extends WireWatch {
  readonly plan: WorldPlan;
  readonly world: World;
  readonly calls: ReadonlyMap<number, CallPlan>;
  /** PEM, when the plan says TLS. */
  readonly certificate: { readonly cert: string; readonly key: string; readonly ca: string } | undefined;
}

/** Where every server listens. */
export const port = 443;
/** The name that all clients call. */
export const serviceName = "shop";

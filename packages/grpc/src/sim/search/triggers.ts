/**
 * Deeds that wait for their moment: that a connection they strike is in a state which mostly is over in a millisecond.
 * Owns the waiting; what a deed does is `act-deed.ts`.
 */

import type { World } from "../world.ts";
import { struckBy } from "./struck.ts";
import type { WireEnd } from "./wire-end.ts";
import type { Deed, WorldPlan } from "./world-plan.ts";

/** A moment that does not come is waited for so long, ms: below what a plan leaves between its load and its end. */
const patienceMs = 3_000;

export class Triggers {
  readonly #world: World;
  readonly #plan: WorldPlan;
  readonly #act: (deed: Deed) => void;
  readonly #armed = new Set<Deed>();

  constructor(world: World, plan: WorldPlan, act: (deed: Deed) => void) {
    this.#world = world;
    this.#plan = plan;
    this.#act = act;
  }

  /** At the deed's time. */
  arm(deed: Deed): void {
    if (deed.when === undefined) {
      this.#act(deed);
      return;
    }
    this.#armed.add(deed);
    this.#world.at(this.#world.nowMs + patienceMs, () => this.#fire(deed));
  }

  /** An end of a connection is in another state than before. */
  changed(wire: WireEnd): void {
    for (const deed of this.#armed) {
      if (wire.state !== deed.when?.state || wire.role !== deed.when.side || !this.#strikes(deed, wire)) continue;
      // Between this event and the next, as everything that happens to a world.
      this.#world.next(() => this.#fire(deed));
    }
  }

  #fire(deed: Deed): void {
    if (this.#armed.delete(deed)) this.#act(deed);
  }

  #strikes(deed: Deed, { role, host, socket }: WireEnd): boolean {
    const { remote } = socket ?? {};
    if (remote?.kind !== "tcp") return false;
    return struckBy(deed, this.#plan).links.some(({ client, server }) => {
      const [own, other] = role === "client" ? [client, server] : [server, client];
      return own === host && this.#world.host(other).address === remote.host;
    });
  }
}

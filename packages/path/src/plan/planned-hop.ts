/** A hop that is being planned: settings, each with the reason that a configuration's comment will give. */

import type { Hop, Receiver, Relay, Sender, Wire } from "../hops/path.ts";
import type { SourceId } from "../rules/sources-table.ts";

export interface Reason {
  /** In one line, with the figures it follows from. */
  readonly because: string;
  readonly source: SourceId;
  /** The rule it keeps, if it keeps one. */
  readonly rule?: string;
}

type Sides = { readonly sender: Sender; readonly receiver: Receiver; readonly relay: Relay; readonly wire: Wire };

export class PlannedHop {
  readonly reasons = new Map<string, Reason>();
  #hop: Hop;

  constructor(hop: Hop) {
    this.#hop = hop;
  }

  get hop(): Hop {
    return this.#hop;
  }

  /** Sets `sender.pingEveryMs` and the like. */
  set<S extends keyof Sides, K extends keyof Sides[S] & string>(
    side: S,
    name: K,
    value: NonNullable<Sides[S][K]>,
    because: string,
    source: SourceId,
    rule?: string,
  ): void {
    this.#hop = { ...this.#hop, [side]: { ...this.#hop[side], [name]: value } };
    this.reasons.set(`${side}.${name}`, { because, source, ...(rule === undefined ? {} : { rule }) });
  }
}

import type { Address } from "../../host/host.ts";
import type { TerminationReport } from "../../report/termination-report.ts";
import type { Transport } from "../../transport/transport.ts";
import type { Subchannel } from "../subchannel.ts";

/** What to do with a call now. */
export type Pick =
  /** This connection takes it. */
  | { readonly kind: "transport"; readonly transport: Transport }
  /** Wait: something is being tried, or every stream slot is taken. */
  | { readonly kind: "queue" }
  /** Nothing can be reached; the last report tells why. Calls that `waitForReady` wait all the same. */
  | { readonly kind: "fail"; readonly report: TerminationReport | undefined };

/** Chooses among the addresses of a channel, and says which of them should be connected. */
export interface Balancer {
  /** The resolver's new list, never empty. Subchannels of addresses that stayed are kept. */
  update(addresses: readonly Address[]): void;
  pick(): Pick;
  /** A subchannel changed its state. */
  onChange(): void;
  /** Somebody has a call: connect if resting. */
  wake(): void;
  close(graceful: boolean): void;
  readonly subchannels: readonly Subchannel[];
}

export type SubchannelFactory = (address: Address) => Subchannel;

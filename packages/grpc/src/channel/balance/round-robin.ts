import type { Address } from "../../host/host.ts";
import { addressText } from "../../transport/address-text.ts";
import type { Subchannel } from "../subchannel.ts";
import { lastFailure } from "./last-failure.ts";
import type { Balancer, Pick, SubchannelFactory } from "./balancer.ts";

/**
 * gRPC's `round_robin`: connected to every address, each ready one in turn. A connection at its limit of streams is
 * passed over. `copies` above one holds that many connections to each address, for the plain HTTP/2 face.
 */
export class RoundRobin implements Balancer {
  readonly #make: SubchannelFactory;
  readonly #copies: number;
  #subchannels: Subchannel[] = [];
  #next = 0;
  /** Those that could not be reached since one was last ready. When all are, calls fail. */
  readonly #failed = new Set<Subchannel>();

  constructor(make: SubchannelFactory, copies = 1) {
    this.#make = make;
    this.#copies = copies;
  }

  get subchannels(): readonly Subchannel[] {
    return this.#subchannels;
  }

  update(addresses: readonly Address[]): void {
    const wanted = new Map(addresses.map((address) => [addressText(address), address]));
    const kept = this.#subchannels.filter((one) => wanted.has(addressText(one.address)));
    for (const gone of this.#subchannels) {
      if (kept.includes(gone)) continue;
      this.#failed.delete(gone);
      gone.close(true);
    }
    for (const one of kept) wanted.delete(addressText(one.address));
    const fresh = [...wanted.values()].flatMap((address) =>
      Array.from({ length: this.#copies }, () => this.#make(address)),
    );
    this.#subchannels = [...kept, ...fresh];
  }

  wake(): void {
    for (const one of this.#subchannels) if (one.kind === "idle") one.want();
  }

  onChange(): void {
    if (this.#subchannels.some((one) => one.kind === "ready")) this.#failed.clear();
    else for (const one of this.#subchannels) if (one.kind === "backoff") this.#failed.add(one);
  }

  pick(): Pick {
    const { length } = this.#subchannels;
    let full = false;
    for (let i = 0; i < length; i++) {
      const at = (this.#next + i) % length;
      const transport = this.#subchannels[at]?.transport;
      if (transport === undefined) continue;
      if (transport.connection.openable > 0) {
        this.#next = (at + 1) % length;
        return { kind: "transport", transport };
      }
      full = true;
    }
    const failing = length > 0 && this.#subchannels.every((one) => this.#failed.has(one));
    return full || !failing ? { kind: "queue" } : { kind: "fail", report: lastFailure(this.#subchannels) };
  }

  close(graceful: boolean): void {
    for (const one of this.#subchannels) one.close(graceful);
  }
}

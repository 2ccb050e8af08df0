import type { Address } from "../../host/host.ts";
import { addressText } from "../../transport/address-text.ts";
import type { Subchannel } from "../subchannel.ts";
import { lastFailure } from "./last-failure.ts";
import type { Balancer, Pick, SubchannelFactory } from "./balancer.ts";

/**
 * gRPC's `pick_first` (gRFC A62): the addresses in turn until one answers; all calls go there. When every one has
 * failed, calls fail until one of them is ready again; each is tried again after its own back-off.
 */
export class PickFirst implements Balancer {
  readonly #make: SubchannelFactory;
  #subchannels: Subchannel[] = [];
  #chosen: Subchannel | undefined = undefined;
  /** Tried since one was last ready, and did not become so: the next address has its turn. */
  #passed: ReadonlySet<Subchannel> = nobody;
  /** Of those, the ones that could not be reached. When all are, calls fail: gRPC's TRANSIENT_FAILURE. */
  #failed: ReadonlySet<Subchannel> = nobody;

  constructor(make: SubchannelFactory) {
    this.#make = make;
  }

  get subchannels(): readonly Subchannel[] {
    return this.#subchannels;
  }

  update(addresses: readonly Address[]): void {
    const old = new Map(this.#subchannels.map((one) => [addressText(one.address), one]));
    this.#subchannels = [...new Map(addresses.map((address) => [addressText(address), address]))].map(
      ([text, address]) => {
        const kept = old.get(text);
        old.delete(text);
        return kept ?? this.#make(address);
      },
    );
    for (const gone of old.values()) this.#letGo(gone);
    if (this.#chosen !== undefined && !this.#subchannels.includes(this.#chosen)) this.#chosen = undefined;
  }

  wake(): void {
    this.#tryOn();
  }

  onChange(): void {
    const ready = this.#subchannels.find((one) => one.kind === "ready");
    if (ready !== undefined) {
      this.#passed = this.#failed = nobody;
      if (this.#chosen?.kind !== "ready") this.#choose(ready);
      return;
    }
    this.#chosen = undefined;
    const failed = this.#subchannels.filter((one) => one.kind === "backoff");
    const cooling = this.#subchannels.filter((one) => one.kind === "cooling");
    if (failed.length > 0) this.#failed = new Set([...this.#failed, ...failed]);
    if (failed.length + cooling.length > 0) this.#passed = new Set([...this.#passed, ...failed, ...cooling]);
    if (this.#passed.size > 0) this.#tryOn();
  }

  pick(): Pick {
    const transport = this.#chosen?.transport;
    if (transport !== undefined)
      return transport.connection.openable > 0 ? { kind: "transport", transport } : { kind: "queue" };
    if (this.#isFailing()) return { kind: "fail", report: lastFailure(this.#subchannels) };
    return { kind: "queue" };
  }

  close(graceful: boolean): void {
    for (const one of this.#subchannels) one.close(graceful);
  }

  /** The next address that was not tried yet; what was tried is tried again by its own back-off, beside it. */
  #tryOn(): void {
    const next = this.#subchannels.find((one) => !this.#passed.has(one));
    if (next?.kind === "idle") next.want();
  }

  /** Left only by success: calls do not wait for the second round. */
  #isFailing(): boolean {
    return this.#subchannels.length > 0 && this.#subchannels.every((one) => this.#failed.has(one));
  }

  /** One connection serves: the others are let go. */
  #choose(ready: Subchannel): void {
    this.#chosen = ready;
    this.#subchannels = this.#subchannels.map((one) => {
      if (one === ready || one.kind === "idle") return one;
      this.#letGo(one);
      return this.#make(one.address);
    });
  }

  #letGo(one: Subchannel): void {
    this.#passed = without(this.#passed, one);
    this.#failed = without(this.#failed, one);
    one.close(true);
  }
}

/** Of a channel that no address has failed yet: most never make a set. */
const nobody: ReadonlySet<Subchannel> = new Set();

function without(set: ReadonlySet<Subchannel>, one: Subchannel): ReadonlySet<Subchannel> {
  return set.has(one) ? new Set([...set].filter((other) => other !== one)) : set;
}

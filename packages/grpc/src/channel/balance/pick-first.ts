import type { Address } from "../../host/host.ts";
import { addressText } from "../../transport/address-text.ts";
import type { Subchannel } from "../subchannel.ts";
import type { Balancer, Pick, SubchannelFactory } from "./balancer.ts";

/**
 * gRPC's `pick_first` (gRFC A62): the addresses in turn until one answers; all calls go there. When every one has
 * failed, calls fail until one of them is ready again; each is tried again after its own back-off.
 */
export class PickFirst implements Balancer {
  readonly #make: SubchannelFactory;
  #subchannels: Subchannel[] = [];
  #chosen: Subchannel | undefined = undefined;
  /** Every address failed since one was last ready: gRPC's TRANSIENT_FAILURE, which is left only by success. */
  #failing = false;

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
    for (const gone of old.values()) gone.close(true);
    if (this.#chosen !== undefined && !this.#subchannels.includes(this.#chosen)) this.#chosen = undefined;
  }

  wake(): void {
    this.#tryOn();
  }

  onChange(): void {
    const ready = this.#subchannels.find((one) => one.kind === "ready");
    if (ready !== undefined) {
      this.#failing = false;
      if (this.#chosen?.kind !== "ready") this.#choose(ready);
      return;
    }
    this.#chosen = undefined;
    if (this.#subchannels.length > 0 && this.#subchannels.every((one) => one.kind === "backoff")) this.#failing = true;
    if (this.#subchannels.some((one) => one.kind === "backoff" || one.kind === "cooling")) this.#tryOn();
  }

  pick(): Pick {
    const transport = this.#chosen?.transport;
    if (transport !== undefined)
      return transport.connection.openable > 0 ? { kind: "transport", transport } : { kind: "queue" };
    if (this.#failing) return { kind: "fail", report: this.#lastFailed()?.lastReport };
    return { kind: "queue" };
  }

  close(graceful: boolean): void {
    for (const one of this.#subchannels) one.close(graceful);
  }

  /** The next address that has not been tried since it last rested, unless one is being tried already. */
  #tryOn(): void {
    if (this.#subchannels.some((one) => one.kind === "connecting" || one.kind === "ready")) return;
    this.#subchannels.find((one) => one.kind === "idle")?.want();
  }

  /** One connection serves: the others are let go. */
  #choose(ready: Subchannel): void {
    this.#chosen = ready;
    this.#subchannels = this.#subchannels.map((one) => {
      if (one === ready || one.kind === "idle") return one;
      one.close(true);
      return this.#make(one.address);
    });
  }

  #lastFailed(): Subchannel | undefined {
    const failed = this.#subchannels.filter((one) => one.lastReport !== undefined);
    return failed.sort((a, b) => (b.lastReport?.endedAtMs ?? 0) - (a.lastReport?.endedAtMs ?? 0))[0];
  }
}

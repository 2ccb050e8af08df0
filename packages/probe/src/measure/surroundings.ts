/**
 * What a measure acts with: connections to one target, time, and somebody who is told how far it is. The real ones and those
 * of a simulated world differ in the `Network` alone.
 */

import type { Host, Timer } from "@holdfast/grpc/host";
import { nodeNetwork } from "../wire/network.ts";
import { openWire } from "../wire/wire.ts";
import type { WireOptions } from "../wire/wire-options.ts";
import { HeldWire } from "./held-wire.ts";

/** Where to measure, and as whom. */
export type Target = Omit<WireOptions, "until" | "onFrame">;

export interface SurroundingsOptions {
  readonly target: Target;
  /** The service that health is asked of. Default "": the whole server. */
  readonly service?: string;
  /** Hears what a measure is doing, one line. */
  readonly onProgress?: (line: string) => void;
}

export class Surroundings {
  readonly target: Target;
  readonly #host: Host;
  readonly #service: string;
  readonly #onProgress: (line: string) => void;
  readonly #waits = new Set<() => void>();
  #stopped = false;

  constructor({ target, service = "", onProgress = () => undefined }: SurroundingsOptions) {
    this.target = target;
    this.#host = (target.network ?? nodeNetwork()).host;
    this.#service = service;
    this.#onProgress = onProgress;
  }

  nowMs(): number {
    return this.#host.nowMs();
  }

  get host(): Host {
    return this.#host;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Ends every wait: measures judge what they have seen by now. */
  stop(): void {
    this.#stopped = true;
    for (const end of [...this.#waits]) end();
  }

  tell(line: string): void {
    this.#onProgress(line);
  }

  /**
   * One more connection; undefined if it does not come up.
   *
   * @param network Stands in for that of the target, for instance one that is further away.
   */
  async open(network = this.target.network): Promise<HeldWire | undefined> {
    const wire = openWire({ ...this.target, ...(network === undefined ? {} : { network }) });
    const opened = await wire.opened;
    return opened.kind === "open" ? new HeldWire(wire, this.#service) : undefined;
  }

  /** Lets so much time pass, or less: until `over` settles, or `stop`. */
  async wait(ms: number, over?: Promise<unknown>): Promise<void> {
    if (this.#stopped || ms <= 0) return;
    let timer: Timer | undefined;
    const passed = new Promise<void>((resolve) => {
      const end = (): void => {
        this.#waits.delete(end);
        timer?.cancel();
        // Reactions run after the event, as everything that users see.
        this.#host.defer(resolve);
      };
      this.#waits.add(end);
      timer = this.#host.timer(ms, end);
      void over?.then(end, end);
    });
    await passed;
  }
}

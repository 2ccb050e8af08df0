/**
 * Watches a server leave and come back, when told that it is about to: `--watch`. It holds connections of three kinds until
 * one of them is told to go, and then tries to come back. What that was worth is `drain-policy.ts`.
 */

import { nodeNetwork } from "../wire/network.ts";
import { distantHost } from "./distant-host.ts";
import { type DrainSeen, judgeDrain } from "./drain-policy.ts";
import { drainFinding } from "./drain-words.ts";
import type { HeldWatch, HeldWire, WatchSeen } from "./held-wire.ts";
import type { Bounds, Finding } from "./measure.ts";
import { settingsText } from "./speakers.ts";
import type { Surroundings } from "./surroundings.ts";

/** As far as another continent, ms: on a short way nothing arrives late. */
const oneWayMs = 150;
/** Calls on the far connection: some eight are on their way at any time. */
const farEveryMs = 40;
const nearEveryMs = 250;
const knockEveryMs = 100;
/** A connection that came back is believed when it has lasted so long, ms. */
const staysMs = 500;

/** Ends when the server is back, or after `forMs`. */
export async function watchDrain({ forMs }: Bounds, surroundings: Surroundings): Promise<Finding> {
  return new DrainRun(forMs, surroundings).run();
}

class DrainRun {
  readonly #forMs: number;
  readonly #surroundings: Surroundings;
  readonly #untilMs: number;
  readonly #attempts: { atMs: number; came: boolean }[] = [];
  #over = false;

  constructor(forMs: number, surroundings: Surroundings) {
    this.#forMs = forMs;
    this.#surroundings = surroundings;
    this.#untilMs = surroundings.nowMs() + forMs;
  }

  async run(): Promise<Finding> {
    const { target } = this.#surroundings;
    const network = target.network ?? nodeNetwork();
    const [near, far, quiet] = await Promise.all([
      this.#surroundings.open(),
      this.#surroundings.open({ ...network, host: distantHost(network.host, oneWayMs) }),
      this.#surroundings.open(),
    ]);
    if (near === undefined) return drainFinding(undefined, undefined, this.#forMs);
    const watch = near.watch();
    const watched = watchedState(watch);
    const calling = [this.#callNear(near), ...(far === undefined ? [] : [this.#callFar(far)])];
    this.#surroundings.tell("watch: ready; restart the server now");
    const held = [near, far, quiet].filter((wire) => wire !== undefined);
    await this.#surroundings.wait(this.#forMs, Promise.race(held.map(({ warned }) => warned)));
    const happened = held.some(({ isLeaving }) => isLeaving);
    const back = happened ? await this.#comeBack() : undefined;
    if (happened) await this.#surroundings.wait(this.#remainingMs, Promise.all(held.map(({ ended }) => ended)));
    this.#over = true;
    const seen: DrainSeen = {
      near: near.life,
      told: watched.told,
      ...(watched.seen === undefined ? {} : { watch: watched.seen }),
      far: far?.life,
      roundTripMs: 2 * oneWayMs,
      quiet: quiet?.life,
      attempts: this.#attempts,
      ...(back === undefined ? {} : { backMs: back.backMs, after: settingsOf(back.wire) }),
      before: settingsOf(near),
    };
    await Promise.all([...held, ...(back === undefined ? [] : [back.wire])].map((wire) => wire.close()));
    await Promise.all(calling);
    return drainFinding(seen, judgeDrain(seen), this.#forMs);
  }

  get #remainingMs(): number {
    return this.#surroundings.stopped ? 0 : this.#untilMs - this.#surroundings.nowMs();
  }

  async #callNear(wire: HeldWire): Promise<void> {
    while (!this.#over && !wire.isLeaving) {
      await wire.check();
      await this.#surroundings.wait(nearEveryMs, wire.warned);
    }
  }

  /** One after the other without waiting for answers: what matters is what is on its way when the GOAWAY comes. */
  async #callFar(wire: HeldWire): Promise<void> {
    while (!this.#over && !wire.isLeaving) {
      void wire.check();
      await this.#surroundings.wait(farEveryMs, wire.warned);
    }
  }

  /** Knocks until a connection comes up, is served, and stays. */
  async #comeBack(): Promise<{ readonly wire: HeldWire; readonly backMs: number } | undefined> {
    const firstSignMs = this.#surroundings.nowMs();
    this.#surroundings.tell("watch: it leaves; waiting for it to come back");
    while (this.#remainingMs > 0) {
      const atMs = this.#surroundings.nowMs() - firstSignMs;
      const wire = await this.#surroundings.open();
      this.#attempts.push({ atMs, came: wire !== undefined });
      if (wire !== undefined) {
        const backMs = this.#surroundings.nowMs() - firstSignMs;
        await wire.check();
        await this.#surroundings.wait(staysMs, wire.warned);
        if (!wire.isLeaving) return { wire, backMs };
        await wire.close();
      }
      await this.#surroundings.wait(Math.min(knockEveryMs, this.#remainingMs));
    }
    return undefined;
  }
}

/** What a watch has told by now. */
function watchedState(watch: HeldWatch): { readonly told: WatchSeen["told"]; readonly seen: WatchSeen | undefined } {
  const state: { told: WatchSeen["told"]; seen: WatchSeen | undefined } = { told: watch.told, seen: undefined };
  void watch.done.then((seen) => (state.seen = seen));
  return state;
}

function settingsOf({ wire }: HeldWire): string {
  return settingsText(wire.met.settings?.values ?? []);
}

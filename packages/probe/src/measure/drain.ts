/**
 * Watches a server leave and come back, when told that it is about to: `--watch`. It holds connections of three kinds until
 * all of them are told to go, or the calls on them fail, and then tries to come back. A connection that leaves alone (its age,
 * its idleness, its number of calls) is opened anew. What that was worth is `drain-policy.ts`.
 */

import { nodeNetwork } from "../wire/network.ts";
import { distantHost } from "./distant-host.ts";
import { type DrainSeen, isServed, judgeDrain, type LeftAlone } from "./drain-policy.ts";
import { drainFinding } from "./drain-words.ts";
import { endText } from "./end-text.ts";
import type { HeldWatch, HeldWire, WatchSeen } from "./held-wire.ts";
import type { Bounds, Finding } from "./measure.ts";
import { settingsText, speakersOf } from "./speakers.ts";
import type { Surroundings } from "./surroundings.ts";

/** As far as another continent, ms: on a short way nothing arrives late. */
const oneWayMs = 150;
/** Calls on the far connection: some eight are on their way at any time. */
const farEveryMs = 40;
const nearEveryMs = 250;
const knockEveryMs = 100;
/** A connection that came back is believed when it has lasted so long, ms. */
const staysMs = 500;
/** Within so long of the first sign a server that leaves has told everybody, ms. */
const togetherMs = 2_000;
/** So many calls served in a row, `nearEveryMs` apart, and what failed behind the one that answers is back. */
const servedAgain = 8;

/** Ends when the server is back, or after `forMs`. */
export async function watchDrain({ forMs }: Bounds, surroundings: Surroundings): Promise<Finding> {
  return new DrainRun(forMs, surroundings).run();
}

type Place = LeftAlone["place"];
const places: readonly Place[] = ["near", "far", "quiet"];

interface Return {
  readonly wire: HeldWire;
  readonly backMs: number;
}

class DrainRun {
  readonly #forMs: number;
  readonly #surroundings: Surroundings;
  readonly #untilMs: number;
  readonly #calling: Promise<void>[] = [];
  readonly #alone = new Map<Place, { times: number; last: string }>();
  readonly #held: Partial<Record<Place, HeldWire>> = {};
  #watch: { readonly told: WatchSeen["told"]; readonly seen: WatchSeen | undefined } = { told: [], seen: undefined };
  #attempts: { atMs: number; came: boolean }[] = [];
  #recover: () => void = () => undefined;
  #over = false;

  constructor(forMs: number, surroundings: Surroundings) {
    this.#forMs = forMs;
    this.#surroundings = surroundings;
    this.#untilMs = surroundings.nowMs() + forMs;
  }

  async run(): Promise<Finding> {
    const recovered = new Promise<void>((resolve) => (this.#recover = resolve));
    await this.#hold();
    const first = this.#held.near;
    if (first === undefined) return drainFinding(undefined, undefined, this.#forMs);
    this.#surroundings.tell("watch: ready; restart the server now");
    const back = await this.#untilItLeaves(recovered);
    if (this.#wires.some(({ isLeaving }) => isLeaving))
      await this.#surroundings.wait(this.#remainingMs, Promise.all(this.#wires.map(({ ended }) => ended)));
    this.#over = true;
    const { near = first, far, quiet } = this.#held;
    const [speaker] = speakersOf(near.greeting);
    const seen: DrainSeen = {
      near: near.life,
      told: this.#watch.told,
      ...(this.#watch.seen === undefined ? {} : { watch: this.#watch.seen }),
      far: far?.life,
      roundTripMs: 2 * oneWayMs,
      quiet: quiet?.life,
      attempts: this.#attempts,
      ...(back === undefined ? {} : { backMs: back.backMs, after: settingsOf(back.wire) }),
      before: settingsOf(first),
      leftAlone: [...this.#alone].map(([place, { times, last }]) => ({ place, times, last })),
      ...(speaker === undefined ? {} : { speaker: speaker.name }),
    };
    await Promise.all([...this.#wires, ...(back === undefined ? [] : [back.wire])].map((wire) => wire.close()));
    await Promise.all(this.#calling);
    return drainFinding(seen, judgeDrain(seen), this.#forMs);
  }

  get #wires(): HeldWire[] {
    return Object.values(this.#held);
  }

  get #remainingMs(): number {
    return this.#surroundings.stopped ? 0 : this.#untilMs - this.#surroundings.nowMs();
  }

  /** Opens what is not held or leaves alone, and uses it. What does not come up stays as it is. */
  async #hold(): Promise<void> {
    await Promise.all(places.map((place) => this.#renew(place)));
  }

  async #renew(place: Place): Promise<void> {
    const old = this.#held[place];
    if (old?.isLeaving === false) return;
    const { target } = this.#surroundings;
    const network = target.network ?? nodeNetwork();
    const far = place === "far" ? { ...network, host: distantHost(network.host, oneWayMs) } : network;
    const wire = await this.#surroundings.open(far);
    if (wire === undefined) return;
    if (old !== undefined) {
      const times = (this.#alone.get(place)?.times ?? 0) + 1;
      this.#alone.set(place, { times, last: endText(old.life) });
      await old.close();
    }
    this.#held[place] = wire;
    if (place === "near") this.#watch = watchedState(wire.watch());
    if (place === "near") this.#calling.push(this.#callNear(wire));
    if (place === "far") this.#calling.push(this.#callFar(wire));
  }

  /** The return of a server that left; undefined: none left, or it did not come back. */
  async #untilItLeaves(recovered: Promise<void>): Promise<Return | undefined> {
    while (this.#remainingMs > 0) {
      const warned = this.#wires.map((wire) => wire.warned);
      await this.#surroundings.wait(this.#remainingMs, Promise.race([...warned, recovered]));
      if (!this.#wires.some(({ isLeaving }) => isLeaving)) return undefined;
      this.#attempts = [];
      const back = await this.#comeBack();
      if (this.#attempts.some(({ came }) => !came)) return back;
      await this.#surroundings.wait(togetherMs, Promise.all(warned));
      if (back === undefined) return undefined;
      const allLeave = this.#wires.every(({ isLeaving }) => isLeaving);
      if (allLeave && !back.wire.isLeaving) return back;
      await back.wire.close();
      if (allLeave) continue; // It came up before the server left: knock again.
      await this.#hold();
    }
    return undefined;
  }

  async #callNear(wire: HeldWire): Promise<void> {
    let failed = false;
    let inARow = 0;
    while (!this.#over && !wire.isLeaving) {
      const { outcome = "no answer" } = await wire.check();
      inARow = isServed(outcome) ? inARow + 1 : 0;
      failed ||= inARow === 0;
      if (failed && inARow === servedAgain) this.#recover();
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
  async #comeBack(): Promise<Return | undefined> {
    const firstSignMs = this.#surroundings.nowMs();
    let said = false;
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
      } else if (!said) {
        said = true;
        this.#surroundings.tell("watch: it leaves; waiting for it to come back");
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

/**
 * How each service of a server is. Owns how three voices become one status: what was set, what monitors hold down, and
 * that the server leaves. Watchers ask it again when it tells them to.
 */
import type { ServingStatus, SettableStatus } from "./serving-status.ts";

/** Somebody who wants to know of changes. */
export interface Watcher {
  /** Look again; perhaps nothing has changed for you. */
  wake(): void;
}

interface Entry {
  set: SettableStatus;
  readonly holders: Set<object>;
}

export class StatusBoard {
  readonly #entries = new Map<string, Entry>();
  /** Whoever holds down everything. */
  readonly #holdersOfAll = new Set<object>();
  readonly #watchers = new Map<string, Set<Watcher>>();
  #leaving = false;

  constructor() {
    this.#entry("");
  }

  /** `leave` was said. */
  get leaving(): boolean {
    return this.#leaving;
  }

  get names(): Iterable<string> {
    return this.#entries.keys();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Undefined for a service that nobody ever named. */
  shown(service: string): SettableStatus | undefined {
    const entry = this.#entries.get(service);
    if (entry === undefined) return undefined;
    const down = this.#leaving || this.#holdersOfAll.size > 0 || entry.holders.size > 0;
    return down ? "NOT_SERVING" : entry.set;
  }

  set(service: string, status: SettableStatus): void {
    this.#entry(service).set = status;
    this.#wake(service);
  }

  setAll(status: SettableStatus): void {
    for (const entry of this.#entries.values()) entry.set = status;
    this.#wakeAll();
  }

  /** Makes a service known; a new one serves. */
  know(service: string): void {
    if (this.#entries.has(service)) return;
    this.#entry(service);
    this.#wake(service);
  }

  /** While anybody holds a service, it does not serve. */
  hold(service: string, by: object, held: boolean): void {
    const { holders } = this.#entry(service);
    if (held) holders.add(by);
    else holders.delete(by);
    this.#wake(service);
  }

  /** The same for every service that there is or will be, and for the server as a whole. */
  holdAll(by: object, held: boolean): void {
    if (held) this.#holdersOfAll.add(by);
    else this.#holdersOfAll.delete(by);
    this.#wakeAll();
  }

  /** From now on, and for good, nothing serves. */
  leave(): void {
    this.#leaving = true;
    this.#wakeAll();
  }

  /** Returns a function that takes it back. */
  watch(service: string, watcher: Watcher): () => void {
    const all = this.#watchers.get(service) ?? new Set();
    this.#watchers.set(service, all.add(watcher));
    return () => {
      // The last one out takes the name with it: clients may watch names that nobody has.
      if (all.delete(watcher) && all.size === 0) this.#watchers.delete(service);
    };
  }

  /** How many names are watched. For leak checks: clients choose them. */
  get watched(): number {
    return this.#watchers.size;
  }

  /** What a watcher of `service` is told. */
  told(service: string): ServingStatus {
    return this.shown(service) ?? "SERVICE_UNKNOWN";
  }

  #entry(service: string): Entry {
    let entry = this.#entries.get(service);
    if (entry === undefined) {
      entry = { set: "SERVING", holders: new Set() };
      this.#entries.set(service, entry);
    }
    return entry;
  }

  #wake(service: string): void {
    for (const watcher of this.#watchers.get(service) ?? []) watcher.wake();
  }

  #wakeAll(): void {
    for (const watchers of this.#watchers.values()) for (const watcher of watchers) watcher.wake();
  }
}

/** The world's names. Every host can be found by its own; a test sets others and takes them away. */

import type { LookupResult } from "../host/host.ts";
import { isLoopback } from "./machine.ts";

export class Dns {
  /** How long an answer takes. Default: 0.5 ms, a resolver in the same data centre. */
  delayMs = 0.5;
  readonly #names = new Map<string, readonly string[]>();

  /** From now on `name` has these addresses; none makes the look-up fail with ENOTFOUND. */
  set(name: string, addresses: readonly string[]): void {
    this.#names.set(name.toLowerCase(), [...addresses]);
  }

  resolve(name: string): LookupResult {
    const addresses = this.#names.get(name.toLowerCase()) ?? (isLoopback(name) ? ["127.0.0.1"] : []);
    if (addresses.length > 0) return { kind: "found", addresses };
    return { kind: "failed", error: { kind: "ENOTFOUND", message: `getaddrinfo ENOTFOUND ${name}` } };
  }
}

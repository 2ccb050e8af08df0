/** Addresses of yesterday: a cache that has not heard that the backends have moved. */

import type { DnsFault } from "./dns-fault.ts";

/** @param forMs After that the truth is told. Default: never. */
export function staleAddresses(addresses: readonly string[], forMs = Number.POSITIVE_INFINITY): DnsFault {
  return {
    id: "dns-stale",
    says: `answers ${addresses.join(", ")}`,
    answer: ({ atMs }, truth) => ({ kind: "addresses", addresses: atMs < forMs ? addresses : truth }),
  };
}

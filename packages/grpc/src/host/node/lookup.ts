/** Names to addresses, by the system's resolver (getaddrinfo: /etc/hosts, nsswitch, then DNS). Keeps no cache. */

import { lookup } from "node:dns";
import { isIP } from "node:net";
import type { LookupResult } from "../host.ts";
import { socketError } from "./socket-error.ts";

export function nodeLookup(name: string, done: (result: LookupResult) => void): void {
  if (isIP(name) !== 0) {
    process.nextTick(done, { kind: "found", addresses: [name] } satisfies LookupResult);
    return;
  }
  lookup(name, { all: true, verbatim: true }, (error, found) => {
    if (error !== null) {
      done({ kind: "failed", error: socketError(error) });
      return;
    }
    done({ kind: "found", addresses: found.map((entry) => entry.address) });
  });
}

/** All faults of names, for `DnsServer`. */

import { flapping } from "./flapping.ts";
import { noAnswer } from "./no-answer.ts";
import { noSuchName } from "./no-such-name.ts";
import { serverFailure } from "./server-failure.ts";
import { staleAddresses } from "./stale-addresses.ts";

/** `new DnsServer({ names, fault: dnsFaults.noSuchName() })` */
export const dnsFaults = { noSuchName, serverFailure, noAnswer, staleAddresses, flapping } as const;

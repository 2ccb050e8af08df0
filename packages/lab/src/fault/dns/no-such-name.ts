/** NXDOMAIN: a name that is said not to be there, as a search list or a deleted Service makes it. */

import type { DnsFault } from "./dns-fault.ts";

export function noSuchName(probability = 1): DnsFault {
  return { id: "nxdomain", says: "answers NXDOMAIN", probability, answer: () => ({ kind: "error", rcode: 3 }) };
}

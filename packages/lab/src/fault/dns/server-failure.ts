/** SERVFAIL: a resolver whose own servers do not answer it. */

import type { DnsFault } from "./dns-fault.ts";

export function serverFailure(probability = 1): DnsFault {
  return { id: "servfail", says: "answers SERVFAIL", probability, answer: () => ({ kind: "error", rcode: 2 }) };
}

/** Questions that nobody answers: a resolver behind a firewall, or UDP that is lost. */

import type { DnsFault } from "./dns-fault.ts";

export function noAnswer(probability = 1): DnsFault {
  return { id: "dns-timeout", says: "never answers", probability, answer: () => ({ kind: "silence" }) };
}

/** Answers that change from question to question: the truth, and what stands in its place, by turns. */

import type { DnsAnswer, DnsFault } from "./dns-fault.ts";

/** @param other Every second answer, the first among them. Default: NXDOMAIN. */
export function flapping(other: DnsAnswer = { kind: "error", rcode: 3 }): DnsFault {
  return {
    id: "dns-flapping",
    says: "answers the truth every second time only",
    answer: ({ ordinal }, truth) => (ordinal % 2 === 1 ? other : { kind: "addresses", addresses: truth }),
  };
}

/** TXT records of a name from the system's name servers, for the service config of gRFC A2. */

import { Resolver } from "node:dns/promises";

/** Each record in one piece. Rejects with node:dns's error, whose `code` tells a missing record from a failed question. */
export type TxtResolver = (name: string, limitMs: number) => Promise<readonly string[]>;

export const nodeTxtResolver: TxtResolver = async (name, limitMs) => {
  const resolver = new Resolver({ timeout: limitMs, tries: 1 });
  const records = await resolver.resolveTxt(name);
  // RFC 1035 §3.3.14: a record is several strings of 255 octets at most, which gRFC A2 joins.
  return records.map((strings) => strings.join(""));
};

/** What all proxies' and balancers' files share: their neighbours, and the words at their head. */

import type { Hop, Receiver, Relay, Sender, Wire } from "../hops/path.ts";
import { Sheet, type WriteJob } from "./sheet.ts";

export interface RelaySheet {
  readonly sheet: Sheet;
  readonly hop: Hop;
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly relay: Relay;
  readonly wire: Wire;
  readonly before: Hop;
  readonly after: Hop;
  /** What the next hop is called here: `grpc-go-server`, `envoy`. Change it to the real name. */
  readonly upstream: string;
}

export function relaySheet({ plan, index, sources }: WriteJob, mark: string, says: string): RelaySheet {
  const { hops } = plan.path;
  const [before, hop, after] = [hops[index - 1], hops[index], hops[index + 1]];
  if (before === undefined || hop === undefined || after === undefined)
    throw new Error(`hop ${index} of ${hops.length} has nobody on one of its sides`);
  const sheet = new Sheet(mark, plan.reasons[index] ?? new Map(), sources);
  sheet.comment("", `${hop.name} of this path: ${hops.map(({ name }) => name).join(", ")}.`);
  sheet.comment("", says);
  const { sender = {}, receiver = {}, relay = {}, wire = {} } = hop;
  return { sheet, hop, sender, receiver, relay, wire, before, after, upstream: `${after.kind}.example` };
}

/** A peer that leaves so many questions of the kernel unanswered, so far apart, is gone: after 20 s, as with PINGs. */
export const tcpProbes = { count: 4, everyMs: 5_000 } as const;

/** `60s`, `1500ms`: what nginx and HAProxy read alike. */
export function shortTime(ms = 0): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

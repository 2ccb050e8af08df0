/** A leg is one connection: PINGs, GOAWAY, idleness and age belong to it, whatever else the path has. */

import { roleOf } from "./hop-kind.ts";
import { hopKindTable } from "./hop-kinds-table.ts";
import type { Hop, Path, Receiver, Relay, Sender } from "./path.ts";

export interface Leg {
  readonly from: Hop;
  readonly to: Hop;
  readonly sender: Sender;
  readonly receiver: Receiver;
  /** What lies between and ends nothing. */
  readonly over: readonly Hop[];
  /** After so long without bytes, something between the two forgets the connection; `Infinity`: nothing does. */
  readonly forgetsAfterMs: number;
  /** How often somebody asks while a call is open; the kernel's asking counts, for the leg is one TCP connection. */
  readonly pingEveryMs: number;
  /** The first leg is the caller's own. */
  readonly isFirst: boolean;
}

export interface RelayHop {
  readonly hop: Hop;
  readonly relay: Relay;
}

/** Of a settled path. */
export function legsOf({ hops, workload }: Path): readonly Leg[] {
  const ends = hops.filter(({ kind }) => roleOf(kind) !== "wire");
  return ends.slice(1).map((to, index) => {
    const from = ends[index] ?? to;
    const over = hops.slice(hops.indexOf(from) + 1, hops.indexOf(to));
    const { sender = {} } = from;
    const { receiver = {} } = to;
    const limits = over.map(({ wire }) => wire?.forgetsAfterMs ?? Infinity);
    return {
      from,
      to,
      sender,
      receiver,
      over,
      forgetsAfterMs: Math.min(...limits, workload.networkIdleMs ?? Infinity),
      pingEveryMs: Math.min(
        ...[sender.pingEveryMs, receiver.pingEveryMs, receiver.tcpKeepaliveMs].map((ms) => ms ?? Infinity),
      ),
      isFirst: index === 0,
    };
  });
}

export function relaysOf({ hops }: Path): readonly RelayHop[] {
  return hops.flatMap((hop) => (hop.relay === undefined ? [] : [{ hop, relay: hop.relay }]));
}

/** Whether a hop tells its callers to leave while they have calls open: by age, by count, or because it is replaced. */
export function sendsGoaway({ receiver, to }: Leg, { deploys }: Path["workload"]): boolean {
  const { ages } = hopKindTable[to.kind];
  return deploys === true || (ages === true && isFinite(receiver.ageMs)) || isFinite(receiver.maxRequests);
}

function isFinite(value: number | undefined): boolean {
  return value !== undefined && value < Infinity;
}

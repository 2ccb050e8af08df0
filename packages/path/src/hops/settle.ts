/**
 * Turns what was set into what runs: defaults where nothing was set, and each kind's own raising of small values. Rules look
 * at settled paths only. What a person typed stays in `written`.
 */

import { roleOf } from "./hop-kind.ts";
import { hopKindTable } from "./hop-kinds-table.ts";
import type { Hop, Path, Raised } from "./path.ts";

export function settlePath(path: Path): Path {
  const last = path.hops.length - 1;
  return { ...path, hops: path.hops.map((hop, index) => settleHop(hop, index > 0, index < last)) };
}

function settleHop(hop: Hop, isReached: boolean, reaches: boolean): Hop {
  const traits = hopKindTable[hop.kind];
  if (roleOf(hop.kind) === "wire") return { ...hop, wire: { ...traits.wire, ...hop.wire } };
  const { sender: _sender, receiver: _receiver, ...rest } = hop;
  const raised = reaches ? raisedPings(hop, traits.pingFloorMs) : undefined;
  const pings = raised === undefined ? {} : { pingEveryMs: raised.runsMs };
  return {
    ...rest,
    ...(reaches ? { sender: { ...traits.sender, ...hop.sender, ...pings } } : {}),
    ...(isReached ? { receiver: { ...traits.receiver, ...hop.receiver } } : {}),
    ...(isReached && reaches ? { relay: { ...traits.relay, ...hop.relay } } : {}),
    ...(raised === undefined ? {} : { raised: [raised] }),
  };
}

function raisedPings({ sender }: Hop, floorMs = 0): Raised | undefined {
  const setMs = sender?.pingEveryMs;
  if (setMs === undefined || setMs >= floorMs) return undefined;
  return { setting: "sender.pingEveryMs", setMs, runsMs: floorMs };
}

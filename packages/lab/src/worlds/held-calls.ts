/** Owns how a script takes the calls of a connection in hand, without running any of them, until it decides about all. */

import type { PeerCall } from "../peer/peer-call.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";

/** How long calls that were sent together take to arrive. */
const togetherMs = 15;

/** So many calls: those of the first connection. Of a later one, where a client may send some of them again: what comes together. */
export async function heldCalls(peer: PeerConnection, wanted: number): Promise<readonly PeerCall[]> {
  if (peer.ordinal === 1) return peer.calls(wanted);
  const held: PeerCall[] = [];
  await new Promise<void>((resolve) =>
    peer.onCall((call) => {
      held.push(call);
      resolve();
    }),
  );
  await peer.pause(togetherMs);
  return held;
}

/** Owns the common shape of scripts that do the same to every call of every connection, retries included. */

import type { PeerCall } from "../peer/peer-call.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import type { PeerScript } from "../peer/peer-script.ts";

/** Longer than any recorded program lives. */
const patienceMs = 30_000;

export function eachCall(act: (peer: PeerConnection, call: PeerCall) => void | Promise<void>): PeerScript {
  return {
    play: async (peer) => {
      for (;;) {
        const [call] = await peer.calls(1, patienceMs);
        if (call === undefined) return;
        await act(peer, call);
      }
    },
  };
}

/** For events at the level of the connection, before or without any call. */
export function atOnce(act: (peer: PeerConnection) => void | Promise<void>, greet = true): PeerScript {
  return greet ? { play: act } : { settings: "none", play: act };
}

/**
 * Owns the six ways in which a server of the table M2 takes a connection down, each at the request that fills the
 * connection's quota. Does not own the counting (`churn-script.ts`).
 */

import { maxUint31 } from "../peer/frame.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";

export interface RestartStyle {
  readonly id: string;
  /** What the peer sends, in words. */
  readonly event: string;
  readonly cut: (peer: PeerConnection) => void | Promise<void>;
}

/** How long a connection without calls is kept after a GOAWAY that lets new calls in. */
const lingerMs = 20;

export const restartStyles: readonly RestartStyle[] = [
  {
    id: "two-phase",
    event: "GOAWAY(2^31-1), PING, at its ACK GOAWAY(last = newest seen); FIN when those are answered",
    cut: async (peer) => {
      peer.goaway("NO_ERROR", maxUint31);
      await peer.ping();
      peer.goaway("NO_ERROR", peer.newestStreamId);
      await peer.idle();
      peer.fin();
    },
  },
  {
    id: "single",
    event: "GOAWAY(last = newest seen); FIN when those are answered",
    cut: async (peer) => {
      peer.goaway("NO_ERROR", peer.newestStreamId);
      await peer.idle();
      peer.fin();
    },
  },
  {
    id: "max-only",
    event: "GOAWAY(2^31-1) alone, late calls served; FIN when none is left",
    cut: async (peer) => {
      peer.goaway("NO_ERROR", maxUint31);
      let served: number;
      do {
        served = peer.newestStreamId;
        await peer.idle();
        await peer.pause(lingerMs);
      } while (peer.newestStreamId !== served);
      peer.fin();
    },
  },
  {
    id: "enhance",
    event: 'GOAWAY(ENHANCE_YOUR_CALM "too_many_pings", last = newest seen); FIN when those are answered',
    cut: async (peer) => {
      peer.goaway("ENHANCE_YOUR_CALM", peer.newestStreamId, "too_many_pings");
      await peer.idle();
      peer.fin();
    },
  },
  { id: "fin", event: "FIN mid-flight, no GOAWAY", cut: (peer) => peer.fin() },
  { id: "rst", event: "TCP RST mid-flight, no GOAWAY", cut: (peer) => peer.reset() },
];

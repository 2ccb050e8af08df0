/** Owns the imitation of guards against rapid reset, h2's unless told otherwise: so many RST_STREAM on a connection, then GOAWAY and the end. */

import type { CodeName } from "../peer/frame.ts";
import { frameType } from "../peer/frame.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import type { ScriptOf } from "./peer-world.ts";

/** Long enough for the burst to come before the answers. */
const answerMs = 60;

/** What a peer says of it: h2's words, or nginx's, which has none. */
export interface Ban {
  readonly code: CodeName;
  readonly debug: string;
  /** Between the reset that was one too many and the ban. Default: none. */
  readonly afterMs?: number;
}

const banOfH2: Ban = { code: "ENHANCE_YOUR_CALM", debug: "too_many_resets" };

export function countsResets(limit: number, { code, debug, afterMs = 0 }: Ban = banOfH2): ScriptOf {
  const ban = async (peer: PeerConnection): Promise<void> => {
    if (afterMs > 0) await peer.pause(afterMs);
    peer.goaway(code, peer.newestStreamId, debug);
    await peer.pause(5);
    peer.fin();
  };
  const play = (peer: PeerConnection): void => {
    let resets = 0;
    peer.onFrame((frame) => {
      if (frame.type !== frameType.RST_STREAM || ++resets !== limit + 1) return;
      void ban(peer);
    });
    peer.onCall((call) => peer.finish([call], answerMs));
  };
  return () => ({ play });
}

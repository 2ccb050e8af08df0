/** Owns a server with few places for streams (SETTINGS_MAX_CONCURRENT_STREAMS) that never ends the streams nobody waits for. */

import { asideCallId } from "../call-message.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import type { ScriptOf } from "./peer-world.ts";

/** Answers the counted calls after `answerMs`, and the others never. */
export function fewStreams(limit: number, answerMs: number): ScriptOf {
  const play = (peer: PeerConnection): void =>
    peer.onCall((call) => {
      if (call.id !== asideCallId) peer.finish([call], answerMs);
    });
  return () => ({ settings: { maxConcurrentStreams: limit }, play });
}

/** Owns the scripts of streams that have begun to answer when something ends them: RFC 9113 §8.1, gRFC A6 "committed". */

import type { Trial } from "../experiment/experiment.ts";
import { maxUint31 } from "../peer/frame.ts";
import type { PeerCall } from "../peer/peer-call.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import { wellBehaved } from "../peer/peer-script.ts";
import type { ScriptOf } from "./peer-world.ts";

/** What happens to the stream after some of its messages. */
export type StreamEnd = (peer: PeerConnection, call: PeerCall) => void | Promise<void>;

/** Headers and some messages, by chance how many, then the end; on the first connection. Later ones serve. */
export function cutStream(trial: Trial, end: StreamEnd): ScriptOf {
  const messages = trial.between(0, 5);
  const play = (peer: PeerConnection): void =>
    peer.onCall((call) => {
      peer.execute([call]);
      void answerThenEnd(peer, call, messages, end);
    });
  return (ordinal) => (ordinal === 1 ? { play } : wellBehaved);
}

async function answerThenEnd(peer: PeerConnection, call: PeerCall, messages: number, end: StreamEnd): Promise<void> {
  peer.answerHeaders(call);
  for (let sent = 0; sent < messages; sent++) {
    await peer.pause(10);
    peer.answerMessage(call);
  }
  await peer.pause(10);
  await end(peer, call);
}

/** GOAWAY(NO_ERROR) that covers the stream, a short grace, then FIN. */
export const leaveUnderIt: StreamEnd = async (peer) => {
  peer.goaway("NO_ERROR", maxUint31, "max_age");
  await peer.pause(30);
  peer.fin();
};

/** GOAWAY(NO_ERROR) that covers the stream, which then goes on with so many messages, 50 ms apart, to its regular end. */
export function leaveAndGoOn(messages: number): StreamEnd {
  return async (peer, call) => {
    peer.goaway("NO_ERROR", maxUint31, "max_age");
    for (let sent = 0; sent < messages; sent++) {
      await peer.pause(50);
      peer.answerMessage(call);
    }
    peer.answerStatus(call, 0, "", "headers-sent");
    peer.fin();
  };
}

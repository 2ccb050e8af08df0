/**
 * Owns the scripts of servers that leave by GOAWAY(NO_ERROR) (RFC 9113 §6.8): calls are excluded, finished, or taken and then
 * lost with the connection. Does not own streams that have begun to answer (`cut-streams.ts`).
 */

import type { Trial } from "../experiment/experiment.ts";
import { asideCallId } from "../call-message.ts";
import { maxUint31 } from "../peer/frame.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import type { PeerScript } from "../peer/peer-script.ts";
import { wellBehaved } from "../peer/peer-script.ts";
import { heldCalls } from "./held-calls.ts";
import type { ScriptOf } from "./peer-world.ts";

/** Long enough for a client to read what came before the end of the connection. */
const beforeCloseMs = 40;

/** GOAWAY below the last of so many calls, by chance how many; nobody ever sees those. The others are answered, then FIN. */
async function excludeSome(peer: PeerConnection, trial: Trial, calls: number): Promise<void> {
  const excluded = trial.between(1, calls);
  const taken = await peer.calls(calls);
  await peer.pause(trial.between(0, 30));
  const lastTaken = (taken.at(-excluded)?.streamId ?? 1) - 2;
  peer.goaway("NO_ERROR", Math.max(0, lastTaken), "draining");
  peer.finish(taken.slice(0, -excluded));
}

/** Waits for what was accepted, then closes. */
async function closeWhenIdle(peer: PeerConnection): Promise<void> {
  await peer.idle();
  await peer.pause(beforeCloseMs);
  peer.fin();
}

/** A server that was leaving already when the connection came: whatever is asked of it is excluded. */
const excludesAll: PeerScript = {
  play: async (peer) => {
    const [call] = await heldCalls(peer, 1);
    peer.goaway("NO_ERROR", Math.max(0, (call?.streamId ?? 1) - 2), "draining");
    await closeWhenIdle(peer);
  },
};

export interface Drain {
  /** How many calls are in flight at the first GOAWAY. */
  readonly calls: number;
  /** So long after the first GOAWAY every new connection reaches a server that leaves as well. Default: 0. */
  readonly forMs?: number;
  /** Or: so many connections in all meet one. Default: 1. */
  readonly connections?: number;
}

/** A server that leaves, and others that leave with it. */
export function drain(trial: Trial, { calls, forMs = 0, connections = 1 }: Drain): ScriptOf {
  let endsAt = Infinity;
  const first: PeerScript = {
    play: async (peer) => {
      await excludeSome(peer, trial, calls);
      endsAt = performance.now() + forMs;
      await closeWhenIdle(peer);
    },
  };
  return (ordinal) => {
    if (ordinal === 1) return first;
    const drains = forMs > 0 ? performance.now() < endsAt : ordinal <= connections;
    return drains ? excludesAll : wellBehaved;
  };
}

export interface Cut {
  /** How long after GOAWAY the connection ends, in ms. */
  readonly graceMs: number;
  readonly by: "fin" | "reset";
  /** How long the server takes for a call, in ms. Default: it never answers, though it runs the call. */
  readonly answerMs?: number;
}

/** GOAWAY that covers every call; what has not been answered when the grace ends is cut off. Later connections serve. */
export function cutAfterGrace(trial: Trial, { graceMs, by, answerMs }: Cut): ScriptOf {
  const play = async (peer: PeerConnection): Promise<void> => {
    const calls = await peer.calls(1);
    if (answerMs === undefined) peer.execute(calls);
    else peer.finish(calls, answerMs);
    await peer.pause(trial.between(0, 30));
    peer.goaway("NO_ERROR", trial.random() < 0.5 ? maxUint31 : peer.newestStreamId, "max_age");
    await peer.pause(graceMs);
    if (by === "fin") peer.fin();
    else peer.reset();
  };
  return (ordinal) => (ordinal === 1 ? { play } : wellBehaved);
}

/** GOAWAY that covers every call, and all the time that the calls need; then FIN. Later connections serve. */
export function stopInOrder(trial: Trial, answerMs: number): ScriptOf {
  const play = async (peer: PeerConnection): Promise<void> => {
    peer.finish(await peer.calls(1), answerMs);
    await peer.pause(trial.between(0, 30));
    peer.goaway("NO_ERROR", peer.newestStreamId, "max_age");
    await closeWhenIdle(peer);
  };
  return (ordinal) => (ordinal === 1 ? { play } : wellBehaved);
}

/** GOAWAY(NO_ERROR, last=0) under so many calls: nothing on the connection was looked at. */
export function lastIdZero(trial: Trial, calls: number, connections: number): ScriptOf {
  const play = async (peer: PeerConnection): Promise<void> => {
    await heldCalls(peer, calls);
    await peer.pause(trial.between(0, 30));
    peer.goaway("NO_ERROR", 0);
    await closeWhenIdle(peer);
  };
  return (ordinal) => (ordinal <= connections ? { play } : wellBehaved);
}

/** GOAWAY(NO_ERROR) after the first counted call, while a call that nobody waits for keeps the connection open. */
export function leavesOpenSession(trial: Trial): ScriptOf {
  const play = (peer: PeerConnection): void =>
    peer.onCall((call) => {
      if (call.id === asideCallId) return;
      peer.finish([call]);
      void peer.pause(trial.between(7, 30)).then(() => peer.goaway("NO_ERROR", peer.newestStreamId, "draining"));
    });
  return (ordinal) => (ordinal === 1 ? { play } : wellBehaved);
}

/** GOAWAY(NO_ERROR) behind so many counted calls, on every connection: an age in calls. */
export function ages(calls: number): ScriptOf {
  const play = (peer: PeerConnection): void => {
    let taken = 0;
    peer.onCall((call) => {
      peer.finish([call]);
      if (++taken === calls) peer.goaway("NO_ERROR", peer.newestStreamId, "max_age");
    });
  };
  return () => ({ play });
}

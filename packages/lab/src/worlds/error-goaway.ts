/** Owns the scripts of peers that end a connection by GOAWAY with an error code: RFC 9113 §5.4.1 and §7. */

import type { Trial } from "../experiment/experiment.ts";
import type { CodeName } from "../peer/frame.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import { wellBehaved } from "../peer/peer-script.ts";
import { heldCalls } from "./held-calls.ts";
import type { ScriptOf } from "./peer-world.ts";

export interface ErrorGoaway {
  readonly code: CodeName;
  readonly debug: string;
  /** How many calls are in flight. Default: 1. */
  readonly calls?: number;
  /** `all`: they run, though nobody will say how they ended. `some`: those at or below the last id. `none`. */
  readonly covers: "all" | "some" | "none";
  /** It comes on each of the first so many connections, or on every one. Default: 1. */
  readonly connections?: number | "all";
}

export function errorGoaway(trial: Trial, event: ErrorGoaway): ScriptOf {
  const { connections = 1 } = event;
  const play = (peer: PeerConnection): Promise<void> => playIt(peer, trial, event);
  return (ordinal) => (connections === "all" || ordinal <= connections ? { play } : wellBehaved);
}

async function playIt(peer: PeerConnection, trial: Trial, event: ErrorGoaway): Promise<void> {
  const { code, debug, calls = 1, covers } = event;
  const covered = { all: calls, some: trial.between(1, calls), none: 0 }[covers];
  const taken = await heldCalls(peer, calls);
  await peer.pause(trial.between(0, 30));
  const runs = taken.slice(0, covered);
  const lastStreamId = covers === "all" ? peer.newestStreamId : (taken[covered]?.streamId ?? 1) - 2;
  peer.goaway(code, Math.max(0, lastStreamId), debug);
  peer.execute(runs);
  await peer.pause(20);
  peer.fin();
}

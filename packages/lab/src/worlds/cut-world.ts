/** Owns the world in which a connection is cut while a call waits for its answer, with nothing said before. */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import { eventOn, peerWorld } from "./peer-world.ts";

export interface Cut {
  readonly by: "fin" | "reset";
  /** The handler had done its work before the cut. Default: a matter of chance, one in two. */
  readonly acted?: boolean;
  /** Response headers, and so many messages, had been sent before. Default: nothing. */
  readonly answeredMessages?: number;
  /** The first so many connections are cut; later ones serve every call. Default: 1. */
  readonly connections?: number;
}

/** The cut comes up to 40 ms after the call. */
export function cutWorld(trial: Trial, cut: Cut): Promise<World> {
  const acted = cut.acted ?? trial.random() < 0.5;
  const afterMs = trial.between(0, 40);
  return peerWorld(
    trial,
    eventOn((connection) => play(connection, cut, acted, afterMs), { connections: cut.connections ?? 1 }),
  );
}

async function play(connection: PeerConnection, cut: Cut, acted: boolean, afterMs: number): Promise<void> {
  const calls = await connection.calls(1);
  if (acted) connection.execute(calls);
  for (const call of cut.answeredMessages === undefined ? [] : calls) {
    connection.answerHeaders(call);
    for (let sent = 0; sent < (cut.answeredMessages ?? 0); sent++) connection.answerMessage(call);
  }
  await connection.pause(afterMs);
  if (cut.by === "fin") connection.fin();
  else connection.reset();
}

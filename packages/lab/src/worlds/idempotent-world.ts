/** Owns the world of a server that knows an idempotency key: it acts once on each call, and answers the next try from the first. */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import { peerWorld } from "./peer-world.ts";

/** The first connection is cut after the server acted and before it answered. The call's number is the key. */
export function idempotentWorld(trial: Trial): Promise<World> {
  const done = new Set<number | undefined>();
  const afterMs = trial.between(0, 40);
  return peerWorld(trial, (ordinal) => ({
    play: (connection) =>
      connection.onCall(async (call) => {
        if (!done.has(call.id)) connection.execute([call]);
        done.add(call.id);
        if (ordinal > 1) return connection.answer(call);
        await connection.pause(afterMs);
        connection.fin();
      }),
  }));
}

/** connect/promise-never-settles: a stream ends with code 0, Node emits no error, and connect-node waits for ever. */

import { experiment } from "#lab/experiment/experiment";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import type { PeerConnection } from "#lab/peer/peer-connection";
import { eventOn, peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "connect/promise-never-settles",
  says: "The peer ends a call without a time limit by RST_STREAM(NO_ERROR), or by GOAWAY(NO_ERROR) and a TCP reset, as chance has it.",
  tier: "reproduced",
  clients: ["connect-node"],
  plan: { deadlineMs: "none" },
  trials: 40,
  atOnce: 40,
  world: endsWithCodeZero,
  treatments: {
    "timeout-ms": { says: "a time limit of 1 s", plan: { deadlineMs: 1_000 } },
    "await-without-deadline": { says: "no time limit, and patience: 5 s", plan: { deadlineMs: "none" } },
  },
});

function endsWithCodeZero(trial: Trial): Promise<World> {
  const byGoaway = trial.random() < 0.5;
  const afterMs = trial.between(0, 40);
  const play = async (connection: PeerConnection): Promise<void> => {
    const calls = await connection.calls(1);
    connection.execute(calls);
    await connection.pause(afterMs);
    if (!byGoaway) return connection.resetStreams(calls, "NO_ERROR");
    connection.goaway("NO_ERROR", connection.newestStreamId);
    // A RST behind its heels would take the GOAWAY along.
    await connection.pause(100);
    connection.reset();
  };
  return peerWorld(trial, eventOn(play));
}

/** grpc/goaway-unprocessed-stream: a fleet drains as a whole, so that the repetition of an excluded call is excluded too. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import { fiveAttemptsOn } from "#lab/setups/habits";
import { drain } from "#lab/worlds/leaving-server";
import { peerWorld } from "#lab/worlds/peer-world";

const calls = 4;

export default experiment({
  entry: "grpc/goaway-unprocessed-stream",
  says: "GOAWAY(NO_ERROR) excludes some of four calls; for 0.2 to 3 s every new connection is answered in the same way.",
  tier: "reproduced",
  clients: clientIds,
  // A grpcio client may lose sight of the call in the moment of the GOAWAY, and then waits for its deadline.
  also: ["client/deadline-exceeded"],
  plan: { calls, deadlineMs: 8_000 },
  world: (trial) => peerWorld(trial, drain(trial, { calls, forMs: trial.between(200, 3_000) })),
  treatments: {
    "ignore-a-single-one": {
      says: "one server drains instead of all; a call that fails is made once more",
      client: { again: { codes: "any", times: 1, pauseMs: 0 } },
      world: (trial) => peerWorld(trial, drain(trial, { calls })),
    },
    "find-what-drains": {
      says: "servers drain one after another: the second connection serves",
      world: (trial) => peerWorld(trial, drain(trial, { calls })),
    },
    "keep-retries-on": {
      says: "one server drains; grpc.enable_retries is 1",
      client: { options: { "grpc.enable_retries": 1 } },
      world: (trial) => peerWorld(trial, drain(trial, { calls })),
      clients: ["grpc-js", "nice-grpc"],
    },
    "more-attempts": {
      says: "maxAttempts 5 on UNAVAILABLE, 0.1 s doubled up to 1 s",
      client: fiveAttemptsOn("UNAVAILABLE"),
    },
    deduplicate: {
      says: "the server runs each call once at most, by its key",
      // No call is ever executed here: a server that remembers keys has nothing to do, and the drain is the same.
      world: (trial) => peerWorld(trial, drain(trial, { calls, forMs: trial.between(200, 3_000) })),
    },
  },
});

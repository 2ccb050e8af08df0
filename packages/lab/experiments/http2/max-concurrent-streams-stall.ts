/** http2/max-concurrent-streams-stall: leaked streams hold all places of a connection, and calls wait in the client. */

import { experiment } from "#lab/experiment/experiment";
import { fewStreams } from "#lab/worlds/full-of-streams";
import { withChannelArguments } from "#lab/setups/client-groups";
import { peerWorld } from "#lab/worlds/peer-world";

const limit = 4;

export default experiment({
  entry: "http2/max-concurrent-streams-stall",
  says: "MAX_CONCURRENT_STREAMS is 4, and the program has left 4 calls open; two more calls have a deadline of 0.5 s.",
  tier: "reproduced",
  // Others say that they were aborted, in words that any timer of a program makes.
  clients: ["grpc-js", "connect-node", "holdfast", "grpcio", "grpc-go"],
  // A client that waits for a place says no more than that its time is over.
  also: ["client/deadline-exceeded", "connect/settings-hang"],
  plan: { calls: 2, deadlineMs: 500, aside: { calls: limit, then: "leave-open" } },
  world: (trial) => peerWorld(trial, fewStreams(limit, trial.between(5, 50))),
  treatments: {
    "find-leaks": {
      says: "the program cancels the calls that it does not wait for",
      plan: { aside: { calls: limit, then: "cancel" } },
    },
    "more-connections": {
      says: "three channels with connections of their own, used by turns",
      client: { channels: 3 },
    },
    "raise-server-limit": {
      says: "the server allows 100 streams",
      world: (trial) => peerWorld(trial, fewStreams(100, trial.between(5, 50))),
    },
    "raise-client-limit": {
      says: "grpc.max_concurrent_streams 1000 on the client",
      client: { options: { "grpc.max_concurrent_streams": 1_000 } },
      clients: withChannelArguments,
    },
    "longer-deadline": {
      says: "a deadline of 2 s",
      plan: { deadlineMs: 2_000 },
    },
  },
});

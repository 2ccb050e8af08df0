/** grpc/connection-close-during-stream: what its record calls one failure is two: excluded, or accepted and cut off. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { retryOn } from "#lab/setups/habits";
import type { StoppedGrpcio } from "#lab/worlds/grpcio-server";
import { grpcioServer } from "#lab/worlds/grpcio-server";
import { cutAfterGrace, drain } from "#lab/worlds/leaving-server";
import { peerWorld } from "#lab/worlds/peer-world";

const excluded = (trial: Trial) => drain(trial, { calls: 1, connections: 2 });
const cutOff = (trial: Trial) => cutAfterGrace(trial, { graceMs: trial.between(20, 120), by: "fin" });
const leaves = (trial: Trial) => peerWorld(trial, trial.random() < 0.5 ? excluded(trial) : cutOff(trial));

const stopped = (trial: Trial, how: StoppedGrpcio["how"]) => {
  const afterMs = trial.between(10, 60);
  return grpcioServer({ answerMs: afterMs + trial.between(100, 300), stop: { how, afterMs, downMs: 50 } });
};

export default experiment({
  entry: "grpc/connection-close-during-stream",
  says: "A server leaves by GOAWAY under a call: half of the trials exclude it on two connections, half accept it and cut it off.",
  tier: "reproduced",
  clients: ["grpcio", "grpc-js", "grpc-go", "grpc-java"],
  also: ["grpc/goaway-unprocessed-stream", "grpc/goaway-then-connection-closed", "client/deadline-exceeded"],
  needs: ["python3"],
  world: leaves,
  treatments: {
    "retry-policy": {
      says: "a retry policy of 3 attempts on UNAVAILABLE",
      client: retryOn("UNAVAILABLE"),
    },
    "stop-with-grace": {
      says: "a grpcio server: server.stop(grace=20)",
      world: (trial) => stopped(trial, "grace-long"),
    },
    "backoff-import": {
      says: "from grpc import exponential_backoff",
      client: { pasted: "from grpc import exponential_backoff" },
      clients: ["grpcio"],
    },
    "graceful-shutdown-method": {
      says: "a grpcio server: server.graceful_shutdown(timeout=30)",
      world: (trial) => stopped(trial, "graceful-shutdown-method"),
    },
    "balancer-alone": {
      says: "new connections go to another server at once; the running call is on the old one",
      world: (trial) => peerWorld(trial, cutOff(trial)),
    },
    "ten-retries": {
      says: "a loop of ten more calls on UNAVAILABLE, 20 ms apart",
      client: { again: { codes: ["UNAVAILABLE"], times: 10, pauseMs: 20 } },
    },
    "ping-variable": {
      says: "GRPC_GOAWAY_MIN_PING_INTERVAL is 1",
      client: { env: { GRPC_GOAWAY_MIN_PING_INTERVAL: "1" } },
    },
    "another-port": {
      says: "the client is given another port of the same server, which leaves in the same way",
      world: leaves,
    },
  },
});

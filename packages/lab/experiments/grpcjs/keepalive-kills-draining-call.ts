/** grpcjs/keepalive-kills-draining-call: GOAWAY(NO_ERROR) covers a call; the next keepalive tick comes before its answer. */

import type { ClientSetup } from "#lab/experiment/client-setup";
import { experiment } from "#lab/experiment/experiment";
import { cutStream, leaveAndGoOn } from "#lab/worlds/cut-streams";
import { stopInOrder } from "#lab/worlds/leaving-server";
import { peerWorld } from "#lab/worlds/peer-world";

const keepaliveOf = (timeMs: number): ClientSetup => ({
  keepalive: { timeMs, timeoutMs: 5_000, permitWithoutCalls: false },
});

export default experiment({
  entry: "grpcjs/keepalive-kills-draining-call",
  says: "GOAWAY(NO_ERROR) covers a call that is answered after 0.5 to 1 s; keepalive pings every 300 ms.",
  tier: "reproduced",
  clients: ["grpc-js", "nice-grpc"],
  client: keepaliveOf(300),
  world: (trial) => peerWorld(trial, stopInOrder(trial, trial.between(500, 1_000))),
  treatments: {
    "longer-keepalive": {
      says: "keepalive every 300 s",
      client: keepaliveOf(300_000),
    },
    "rotate-at-quiet-times": {
      says: "the GOAWAY comes when only short calls are open: 5 to 50 ms",
      world: (trial) => peerWorld(trial, stopInOrder(trial, trial.between(5, 50))),
    },
    heartbeats: {
      says: "keepalive off; a stream carries a message every 50 ms, before the GOAWAY and after it",
      plan: { kind: "server-streaming" },
      client: keepaliveOf(2_147_483_647),
      world: (trial) => peerWorld(trial, cutStream(trial, leaveAndGoOn(trial.between(10, 20)))),
    },
    "shorter-keepalive": {
      says: "keepalive every 100 ms",
      client: keepaliveOf(100),
    },
  },
});

/** proxy/flood-limiter: a proxy counts small frames, takes the client for a flood and throws it out. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import type { Ban } from "#lab/worlds/counts-resets";
import { countsResets } from "#lab/worlds/counts-resets";
import { peerWorld } from "#lab/worlds/peer-world";

/** As nginx says it: a GOAWAY like that of a restart. */
function banOfNginx(trial: Trial): Ban {
  return { code: "NO_ERROR", debug: "", afterMs: trial.between(30, 50) };
}

export default experiment({
  entry: "proxy/flood-limiter",
  says: "The program cancels 60 calls at once; a hop that allows 30 resets answers GOAWAY(NO_ERROR) and closes under the call that follows.",
  // The counter is imitated: those of nginx, HAProxy and Envoy need hours or a build of their own to fill.
  tier: "emulated",
  clients: grpcLibraries,
  plan: { aside: { calls: 60, then: "cancel" } },
  also: [
    "tcp/fin-inflight",
    "grpc/goaway-then-connection-closed",
    "grpc/goaway-unprocessed-stream",
    "connect/connection-drop-mislabelled",
    "connect/refused-stream-reported-internal",
  ],
  world: (trial) => peerWorld(trial, countsResets(trial.between(25, 35), banOfNginx(trial))),
  treatments: {
    "find-the-client": {
      says: "the client calmed: it cancels 10 calls at once",
      plan: { aside: { calls: 10, then: "cancel" } },
    },
    "raise-the-limit": {
      says: "the hop allows 300 resets",
      world: (trial) => peerWorld(trial, countsResets(300, banOfNginx(trial))),
    },
  },
});

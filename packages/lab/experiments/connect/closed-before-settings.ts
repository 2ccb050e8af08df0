/** connect/closed-before-settings: something accepts the TCP connection and closes it before a single HTTP/2 frame. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import type { Trial } from "#lab/experiment/experiment";
import { createCertificate } from "#lab/peer/certificate";
import type { PeerScript } from "#lab/peer/peer-script";
import { wellBehaved } from "#lab/peer/peer-script";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "connect/closed-before-settings",
  says: "The peer accepts each connection and ends it within 20 ms without SETTINGS: by FIN or by RST, as chance has it.",
  tier: "reproduced",
  clients: grpcLibraries,
  also: ["tonic/transport-error-unknown-or-cancelled"],
  plan: { warmUp: false },
  world: (trial) => {
    const script = closes(trial, trial.random() < 0.5 ? "fin" : "reset");
    return peerWorld(trial, () => script);
  },
  treatments: {
    "compare-tls": {
      says: "TLS at both ends, to a peer that speaks TLS",
      world: (trial) => peerWorld(trial, () => wellBehaved, { certificate: createCertificate() }),
    },
    "check-target-health": {
      says: "a healthy target from the second connection on, and calls that wait for it",
      client: { waitForReady: true },
      world: (trial) => {
        const script = closes(trial, "fin");
        return peerWorld(trial, (ordinal) => (ordinal === 1 ? script : wellBehaved));
      },
    },
    "try-h2c": {
      says: "past the load balancer: HTTP/2 with prior knowledge",
      world: (trial) => peerWorld(trial, () => wellBehaved),
    },
    "server-down": {
      says: "three more tries while the server behind is restarted",
      client: { again: { codes: "any", times: 3, pauseMs: 100 } },
    },
  },
});

function closes(trial: Trial, end: "fin" | "reset"): PeerScript {
  const afterMs = trial.between(0, 20);
  return {
    settings: "none",
    play: async (connection) => {
      connection.onFrame(() => "drop");
      await connection.pause(afterMs);
      connection[end]();
    },
  };
}

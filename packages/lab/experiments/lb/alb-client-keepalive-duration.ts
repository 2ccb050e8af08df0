/** lb/alb-client-keepalive-duration: an AWS ALB retires a client's connection after an hour, whatever runs on it. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { callAgainOn } from "#lab/setups/habits";
import type { PeerConnection } from "#lab/peer/peer-connection";
import { eventOn, peerWorld } from "#lab/worlds/peer-world";

/** Longer than the connection may live. */
const streamMs = 2_000;

export default experiment({
  entry: "lb/alb-client-keepalive-duration",
  says: "A hop retires the connection 0.8 to 1.2 s (for an hour) after it came up: GOAWAY, then FIN; a stream of 2 s that only reads is open.",
  tier: "emulated",
  clients: grpcLibraries,
  also: ["grpc/goaway-then-connection-closed"],
  plan: { kind: "server-streaming" },
  world: (trial) => retiredWorld(trial, trial.between(800, 1_200)),
  treatments: {
    "raise-duration": {
      says: "a duration of 24 times as long",
      world: (trial) => retiredWorld(trial, 24 * trial.between(800, 1_200)),
    },
    resumable: {
      says: "the application opens the stream once more, behind its cursor",
      client: callAgainOn(),
    },
  },
});

function retiredWorld(trial: Trial, ageMs: number): Promise<World> {
  return peerWorld(
    trial,
    eventOn((connection) => {
      connection.onCall((call) => {
        connection.answerHeaders(call);
        connection.answerMessage(call);
        void connection.pause(streamMs).then(() => connection.answerStatus(call, 0, "", "headers-sent"));
      });
      void retire(connection, ageMs);
    }),
  );
}

async function retire(connection: PeerConnection, ageMs: number): Promise<void> {
  await connection.pause(ageMs);
  connection.goaway("NO_ERROR", connection.newestStreamId);
  await connection.pause(20);
  connection.fin();
}

/** http2/goaway-error-code: the peer ends the whole connection with a code: its own failure (2), or a rule that was broken. */

import type { Trial } from "#lab/experiment/experiment";
import { without } from "#lab/setups/client-groups";
import { experiment } from "#lab/experiment/experiment";
import type { CodeName } from "#lab/peer/frame";
import { errorGoaway } from "#lab/worlds/error-goaway";
import { stopInOrder } from "#lab/worlds/leaving-server";
import { peerWorld } from "#lab/worlds/peer-world";

const calls = 4;

const offences: readonly (readonly [code: CodeName, debug: string])[] = [
  ["PROTOCOL_ERROR", "bad frame"],
  ["FLOW_CONTROL_ERROR", "window overflow"],
  ["FRAME_SIZE_ERROR", "frame size"],
  ["COMPRESSION_ERROR", "compression"],
];

/** Half of the time the peer failed, once; else this side's bytes are the offence, and come again with the next connection. */
function failsOrObjects(trial: Trial) {
  const offence = trial.random() < 0.5 ? undefined : offences[trial.between(0, offences.length - 1)];
  if (offence === undefined) {
    return errorGoaway(trial, { code: "INTERNAL_ERROR", debug: "", calls, covers: "some" });
  }
  const [code, debug] = offence;
  return errorGoaway(trial, { code, debug, calls, covers: "some", connections: "all" });
}

export default experiment({
  entry: "http2/goaway-error-code",
  says: "GOAWAY with code 2 once, or with 1, 3, 6 or 9 on every connection, covers some of four calls; then FIN without answers.",
  tier: "reproduced",
  clients: without("holdfast"),
  // A grpcio client may lose sight of the call in the moment of the GOAWAY, and then waits for its deadline.
  also: ["client/deadline-exceeded"],
  plan: { calls },
  world: (trial) => peerWorld(trial, failsOrObjects(trial)),
  treatments: {
    "check-port": {
      says: "the client is given the port of a gRPC server",
      world: (trial) => peerWorld(trial, stopInOrder(trial, 20)),
    },
    "stop-in-order": {
      says: "the server ends by GOAWAY(NO_ERROR), answers what it took, then closes",
      world: (trial) => peerWorld(trial, stopInOrder(trial, trial.between(20, 100))),
    },
    "keep-last-id": {
      says: "calls above the last id are sent again on a new connection",
      client: { session: { replay: "above-last-id" } },
      clients: ["node-http2"],
    },
    "blind-retry": {
      says: "whatever fails is sent again, up to 3 times, 50 ms apart",
      client: { again: { codes: "any", times: 3, pauseMs: 50 } },
    },
  },
});

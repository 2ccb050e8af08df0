/** java/goaway-nonzero-defects: GOAWAY with an error code excludes calls, and grpc-java does not repeat them. */

import { experiment } from "#lab/experiment/experiment";
import { retryOn } from "#lab/setups/habits";
import { errorGoaway } from "#lab/worlds/error-goaway";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "java/goaway-nonzero-defects",
  says: "GOAWAY(PROTOCOL_ERROR) excludes the call, which never ran; the next connection serves.",
  tier: "reproduced",
  clients: ["grpc-java"],
  world: (trial) =>
    peerWorld(trial, errorGoaway(trial, { code: "PROTOCOL_ERROR", debug: "bad frame", covers: "none" })),
  treatments: {
    "internal-per-method": {
      says: "a retry policy of 3 attempts on UNAVAILABLE and INTERNAL",
      client: retryOn("UNAVAILABLE", "INTERNAL"),
    },
    "same-as-go": {
      says: "nothing is set: the library is trusted to repeat what never ran",
      client: {},
    },
  },
});

/** connect/refused-stream-reported-internal: a call that provably never ran comes back as `internal`. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { peerWorld } from "#lab/worlds/peer-world";
import { drain } from "#lab/worlds/leaving-server";
import { resets } from "#lab/worlds/stream-resets";

/** Both proofs that a call did not run, half of the trials each. */
const refuses = (trial: Trial) =>
  trial.random() < 0.5 ? drain(trial, { calls: 1 }) : resets(trial, { code: "REFUSED_STREAM", ran: "no" });

export default experiment({
  entry: "connect/refused-stream-reported-internal",
  says: "GOAWAY(NO_ERROR) that excludes the call, or RST_STREAM(REFUSED_STREAM); what comes after is served.",
  tier: "reproduced",
  clients: ["connect-node"],
  world: (trial) => peerWorld(trial, refuses(trial)),
  treatments: {
    interceptor: {
      says: "one call more where the text names NGHTTP2_REFUSED_STREAM",
      client: { again: { codes: "any", times: 1, pauseMs: 0, texts: ["NGHTTP2_REFUSED_STREAM"] } },
    },
    "retry-internal": {
      says: "every call that ends as `internal` is sent again; in half of the trials it had run",
      client: { again: { codes: ["internal", "INTERNAL"], times: 1, pauseMs: 0 } },
      world: (trial) =>
        peerWorld(trial, trial.random() < 0.5 ? refuses(trial) : resets(trial, { code: "INTERNAL_ERROR", ran: "yes" })),
    },
  },
});

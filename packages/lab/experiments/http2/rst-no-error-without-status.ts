/** http2/rst-no-error-without-status: a proxy's stream timer runs out, and the stream ends with code 0 before any status. */

import { experiment } from "#lab/experiment/experiment";
import { without } from "#lab/setups/client-groups";
import { peerWorld } from "#lab/worlds/peer-world";
import { streamTimer } from "#lab/worlds/stream-resets";

export default experiment({
  entry: "http2/rst-no-error-without-status",
  says: "The call takes longer than a stream timer on the way: RST_STREAM(NO_ERROR) before or after headers, no status.",
  tier: "reproduced",
  clients: without("node-http2", "undici"),
  also: ["connect/promise-never-settles"],
  plan: { deadlineMs: 1_000 },
  world: (trial) => peerWorld(trial, streamTimer(trial, { timerMs: trial.between(20, 80), answerMs: 150 })),
  treatments: {
    "raise-stream-timers": {
      says: "the timer on the way is longer than the call",
      world: (trial) => peerWorld(trial, streamTimer(trial, { timerMs: 600, answerMs: 150 })),
    },
    "deadline-for-connect": {
      says: "a deadline of 0.5 s on each call, and one call more where it passed",
      plan: { deadlineMs: 500 },
      client: { again: { codes: "any", times: 1, pauseMs: 20 } },
      clients: ["connect-node"],
    },
    "search-the-handler": {
      says: "the handler is mended: it answers without an exception, as before",
      world: (trial) => peerWorld(trial, streamTimer(trial, { timerMs: trial.between(20, 80), answerMs: 150 })),
    },
  },
});

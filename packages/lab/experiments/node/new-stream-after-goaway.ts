/** node/new-stream-after-goaway: a pool goes on with a session that has had its GOAWAY and still has a stream open. */

import { experiment } from "#lab/experiment/experiment";
import { leavesOpenSession } from "#lab/worlds/leaving-server";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "node/new-stream-after-goaway",
  says: "GOAWAY(NO_ERROR) after the first of two calls; a third that nobody ends keeps the session open, and the pool keeps the session.",
  tier: "reproduced",
  clients: ["node-http2"],
  plan: { calls: 2, everyMs: 80, aside: { calls: 1, then: "leave-open" } },
  client: { session: { replace: "never" } },
  world: (trial) => peerWorld(trial, leavesOpenSession(trial)),
  treatments: {
    "leave-rotation": {
      says: "the session leaves the pool at `goaway`, `close` or `error`",
      client: { session: {} },
    },
    replay: {
      says: "a request for which request() threw is sent on a new session",
      client: { session: { replace: "at-close", replay: "not-opened" } },
    },
    "catch-and-reuse": {
      says: "the same session is tried again, 3 times, 50 ms apart",
      client: { session: { replace: "never" }, again: { codes: "any", times: 3, pauseMs: 50 } },
    },
    "wait-for-close": {
      says: "a new session is opened at `close`, and the call tried again until then, 3 times, 100 ms apart",
      client: { session: { replace: "at-close" }, again: { codes: "any", times: 3, pauseMs: 100 } },
    },
  },
});

/** keepalive/disabled-half-open: the peer vanished in a quiet time, keepalive is off, and calls wait on a dead connection. */

import { experiment } from "#lab/experiment/experiment";
import { withoutNiceGrpc } from "#lab/setups/client-groups";
import { retryOn } from "#lab/setups/habits";
import { vanishedWorld } from "#lab/worlds/vanished-world";

export default experiment({
  entry: "keepalive/disabled-half-open",
  says: "The peer vanishes without a word 0.5 to 1.5 s after the first call; the next call comes after 13 s of quiet, with a deadline of 1 s.",
  tier: "reproduced",
  clients: withoutNiceGrpc,
  // To the caller it is a deadline and nothing more.
  also: ["client/deadline-exceeded"],
  // Go and Java raise a keepalive below 10 s to 10 s, so the quiet time is longer than that for all.
  plan: { idleMs: 13_000, deadlineMs: 1_000 },
  atOnce: 60,
  world: (trial) => vanishedWorld(trial, trial.between(500, 1_500)),
  treatments: {
    keepalive: {
      says: "keepalive every 10 s with a timeout of 1 s, without calls too",
      client: { keepalive: { timeMs: 10_000, timeoutMs: 1_000, permitWithoutCalls: true } },
    },
    recycle: {
      says: "a new channel after the first failure",
      client: { again: { codes: ["DEADLINE_EXCEEDED"], times: 1, pauseMs: 0, newChannel: true } },
    },
    "idle-timeout": {
      says: "grpc.client_idle_timeout_ms of 5 s",
      client: { options: { "grpc.client_idle_timeout_ms": 5_000 } },
      clients: ["grpc-js", "nice-grpc", "grpcio"],
    },
    "retry-in-deadline": {
      says: "a retry policy for DEADLINE_EXCEEDED and UNAVAILABLE",
      client: retryOn("DEADLINE_EXCEEDED", "UNAVAILABLE"),
    },
    "shorter-deadlines": { says: "a deadline of 0.2 s", plan: { deadlineMs: 200 } },
    "retry-deadline-exceeded": {
      says: "five more tries in a loop with the same context",
      client: { again: { codes: ["DEADLINE_EXCEEDED"], times: 5, pauseMs: 100, sameDeadline: true } },
    },
    "wait-for-ready": { says: "waitForReady", client: { waitForReady: true } },
  },
});

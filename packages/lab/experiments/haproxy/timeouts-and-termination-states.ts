/** haproxy/timeouts-and-termination-states: `timeout server` runs out before the server answers, or in its answer. */

import type { Trial } from "#lab/experiment/experiment";
import { clientIds, experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import type { HaproxyWorld } from "#lab/worlds/haproxy-world";
import { haproxyWorld } from "#lab/worlds/haproxy-world";
import { worksQuietly } from "#lab/worlds/server-behind";

export default experiment({
  entry: "haproxy/timeouts-and-termination-states",
  says: "`timeout server` of a real HAProxy is 0.2 s; the server is quiet for 0.4 to 0.9 s, before or after its headers.",
  tier: "reproduced",
  needs: ["haproxy"],
  clients: clientIds,
  also: [
    "http2/rst-no-error-without-status",
    "http2/missing-trailers",
    "http2/rst-cancel-from-server",
    "proxy/http-error-instead-of-grpc",
    "proxy/html-instead-of-grpc",
  ],
  world: (trial) => impatient(trial),
  treatments: {
    "raise-timeouts": {
      says: "timeout server 10s",
      world: (trial) => impatient(trial, { timeoutServerMs: 10_000 }),
    },
    "fix-backend": {
      says: "the server answers within 5 to 50 ms",
      world: (trial) => impatient(trial, {}, trial.between(5, 50)),
    },
    "timeout-tunnel": {
      says: "timeout tunnel 1h",
      world: (trial) => impatient(trial, { backend: ["timeout tunnel 1h"] }),
    },
    "retry-all": {
      says: "retries 2 and retry-on all-retryable-errors",
      world: (trial) => impatient(trial, { backend: ["retries 2", "retry-on all-retryable-errors"] }),
    },
  },
});

function impatient(
  trial: Trial,
  haproxy: Partial<HaproxyWorld> = {},
  workMs: number = trial.between(400, 900),
): Promise<World> {
  const scriptOf = worksQuietly({ workMs, headersFirst: trial.random() < 0.5 });
  return haproxyWorld(trial, { timeoutServerMs: 200, ...haproxy, scriptOf });
}

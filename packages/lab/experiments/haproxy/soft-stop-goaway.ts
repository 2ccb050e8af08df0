/** haproxy/soft-stop-goaway: HAProxy is reloaded under a call, and its old process may not wait for the call's end. */

import type { Trial } from "#lab/experiment/experiment";
import { clientIds, experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { haproxyWorld } from "#lab/worlds/haproxy-world";
import { worksQuietly } from "#lab/worlds/server-behind";

export default experiment({
  entry: "haproxy/soft-stop-goaway",
  says: "A reload of a real HAProxy (-sf) under a call of 1.5 to 2.5 s: GOAWAY(NO_ERROR); the old process has hard-stop-after 250ms.",
  tier: "reproduced",
  needs: ["haproxy"],
  clients: clientIds,
  also: [
    "http2/rst-refused-stream",
    "http2/rst-no-error-without-status",
    "http2/rst-cancel-from-server",
    "http2/missing-trailers",
    "grpc/goaway-then-connection-closed",
    "httpclient/goaway",
    "connect/refused-stream-reported-internal",
  ],
  world: (trial) => reloaded(trial, ["hard-stop-after 250ms"]),
  treatments: {
    spread: {
      says: "close-spread-time 30s, hard-stop-after 1h",
      world: (trial) => reloaded(trial, ["close-spread-time 30s", "hard-stop-after 1h"]),
    },
    "hard-stop-above-streams": {
      says: "hard-stop-after 5s",
      world: (trial) => reloaded(trial, ["hard-stop-after 5s"]),
    },
    "short-hard-stop": {
      says: "hard-stop-after 50ms",
      world: (trial) => reloaded(trial, ["hard-stop-after 50ms"]),
    },
  },
});

function reloaded(trial: Trial, global: readonly string[]): Promise<World> {
  return haproxyWorld(trial, {
    global,
    scriptOf: worksQuietly({ workMs: trial.between(1_500, 2_500), headersFirst: trial.random() < 0.5 }),
    underCall: (proxy) => proxy.startNext((pid) => ["-sf", String(pid)]),
  });
}

/** nginx/graceful-goaway: nginx retires a connection at its last request, while further ones are on the wire. */

import type { Trial } from "#lab/experiment/experiment";
import { clientIds, experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { slowly } from "#lab/worlds/each-call";
import { nginxWorld } from "#lab/worlds/nginx-world";

export default experiment({
  entry: "nginx/graceful-goaway",
  says: "A real nginx with keepalive_requests of 3 to 8 gets 20 calls at once: GOAWAY(NO_ERROR) at the last of them, the others are skipped.",
  tier: "reproduced",
  needs: ["nginx"],
  clients: clientIds,
  also: [
    "grpc/goaway-unprocessed-stream",
    "http2/rst-refused-stream",
    "connect/settings-hang",
    "client/deadline-exceeded",
    "tonic/transport-error-unknown-or-cancelled",
  ],
  plan: { calls: 20 },
  world: (trial) => retiring(trial),
  treatments: {
    "raise-limits": {
      says: "keepalive_requests 1000000, keepalive_time 24h",
      world: (trial) =>
        nginxWorld(trial, {
          server: "keepalive_requests 1000000; keepalive_time 24h;",
          scriptOf: slowly(trial.between(5, 40)),
        }),
    },
    "worker-shutdown": {
      says: "a reload under the calls, with worker_shutdown_timeout 1h",
      world: (trial) =>
        nginxWorld(trial, {
          main: "worker_shutdown_timeout 1h;",
          scriptOf: slowly(trial.between(300, 600)),
          underCall: (proxy) => proxy.signal("SIGHUP"),
        }),
    },
    "concurrent-streams": {
      says: "http2_max_concurrent_streams 10000",
      world: (trial) => retiring(trial, "http2_max_concurrent_streams 10000;"),
    },
    "shorter-keepalive-timeout": {
      says: "keepalive_timeout 60s",
      world: (trial) => retiring(trial, "keepalive_timeout 60s;"),
    },
    "obsolete-names": {
      says: "http2_max_requests 1000000 and http2_idle_timeout 1h",
      world: (trial) => retiring(trial, "http2_max_requests 1000000; http2_idle_timeout 1h;"),
    },
  },
});

function retiring(trial: Trial, server = ""): Promise<World> {
  return nginxWorld(trial, {
    server: `keepalive_requests ${trial.between(3, 8)}; ${server}`,
    scriptOf: slowly(trial.between(5, 40)),
  });
}

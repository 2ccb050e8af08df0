/** envoy/stream-idle-timeout: Envoy ends a stream that was quiet for 5 min; here 5 min are 0.3 s. */

import type { Trial } from "#lab/experiment/experiment";
import { clientIds, experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { quietStreamWorld } from "#lab/worlds/quiet-stream-world";

/** 5 min, a second being 1 ms. */
const idleMs = 300;

export default experiment({
  entry: "envoy/stream-idle-timeout",
  says: "A hop that acts as Envoy sends RST_STREAM(NO_ERROR) on a stream that was quiet for 0.3 s (5 min); messages come 0.5 to 1 s apart.",
  tier: "emulated",
  clients: clientIds,
  also: ["http2/rst-no-error-without-status", "http2/missing-trailers", "grpc/status-from-server"],
  plan: { kind: "server-streaming" },
  world: (trial) => envoy(trial, { idleMs, messageEveryMs: trial.between(500, 1_000) }),
  treatments: {
    heartbeat: {
      says: "a message of the server every 0.1 s (100 s)",
      world: (trial) => envoy(trial, { idleMs, messageEveryMs: 100 }),
    },
    "route-idle-timeout": {
      says: "an idle timeout of 3.6 s (1 h) on the route",
      world: (trial) => envoy(trial, { idleMs: 3_600, messageEveryMs: trial.between(500, 1_000) }),
    },
    "client-ping": {
      says: "a PING of the client every 0.1 s (100 s)",
      client: { keepalive: { timeMs: 100, timeoutMs: 5_000, permitWithoutCalls: true } },
      // Go and Java raise the interval to 10 s by themselves.
      clients: ["grpc-js", "nice-grpc", "connect-node", "holdfast", "grpcio", "tonic"],
    },
    "envoy-keepalive": {
      says: "a PING of the hop every 0.1 s (100 s)",
      world: (trial) => envoy(trial, { idleMs, messageEveryMs: trial.between(500, 1_000), pingEveryMs: 100 }),
    },
  },
});

interface Quiet {
  readonly idleMs: number;
  readonly messageEveryMs: number;
  readonly pingEveryMs?: number;
}

function envoy(trial: Trial, quiet: Quiet): Promise<World> {
  return quietStreamWorld(trial, { ...quiet, workMs: 1_000, cut: "rst-no-error" });
}

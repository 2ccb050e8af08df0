/** lb/alb-idle-60s: an AWS Application Load Balancer ends what has carried no application byte for 60 s; here 60 s are 0.9 s. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries, pingAsTold } from "#lab/setups/client-groups";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { quietStreamWorld } from "#lab/worlds/quiet-stream-world";

/** 60 s, a second being 15 ms. */
const idleMs = 900;

export default experiment({
  entry: "lb/alb-idle-60s",
  says: "A hop ends a stream that has been quiet for 0.9 s (60 s), by RST_STREAM or FIN as chance has it; the server works for 1.2 to 2.7 s (80 to 180 s).",
  tier: "emulated",
  clients: grpcLibraries,
  also: ["http2/rst-internal-error", "tcp/fin-inflight", "connect/connection-drop-mislabelled"],
  world: (trial) => alb(trial, idleMs),
  treatments: {
    heartbeat: {
      says: "a message of the client every 0.3 s (20 s) while the server works",
      plan: { kind: "bidi-streaming", messages: 9, messageEveryMs: 300 },
      world: (trial) => quietStreamWorld(trial, { idleMs, workMs: 50, cut: "rst-internal-error" }),
    },
    "raise-timeout": { says: "an idle timeout of 60 s (4,000 s)", world: (trial) => alb(trial, 60_000) },
    "chunk-answers": {
      says: "the server answers in pieces, 0.3 s (20 s) apart",
      plan: { kind: "server-streaming" },
      world: (trial) => alb(trial, idleMs, 300),
    },
    "ping-below-60s": {
      says: "a PING of the client every 0.45 s (30 s)",
      client: { keepalive: { timeMs: 450, timeoutMs: 5_000, permitWithoutCalls: true } },
      clients: pingAsTold,
    },
    "idle-above-keepalive": {
      says: "an idle timeout of 1.05 s (70 s), above a PING of the client every 0.45 s (30 s)",
      client: { keepalive: { timeMs: 450, timeoutMs: 5_000, permitWithoutCalls: true } },
      world: (trial) => alb(trial, 1_050),
      clients: pingAsTold,
    },
  },
});

function alb(trial: Trial, idleTimeoutMs: number, messageEveryMs?: number): Promise<World> {
  const cut = trial.random() < 0.5 ? "rst-internal-error" : "fin";
  const pieces = messageEveryMs === undefined ? {} : { messageEveryMs };
  return quietStreamWorld(trial, { idleMs: idleTimeoutMs, workMs: trial.between(1_200, 2_700), cut, ...pieces });
}

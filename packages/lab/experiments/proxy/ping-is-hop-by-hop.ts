/** proxy/ping-is-hop-by-hop: keepalive is content with the nearest hop, whose timer for each stream does not look at PING. */

import { experiment } from "#lab/experiment/experiment";
import { pingAsTold } from "#lab/setups/client-groups";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { forgottenFlowWorld } from "#lab/worlds/forgotten-flow-world";
import { quietStreamWorld } from "#lab/worlds/quiet-stream-world";

const pinged = { timeMs: 150, timeoutMs: 5_000, permitWithoutCalls: true };

export default experiment({
  entry: "proxy/ping-is-hop-by-hop",
  says: "The client sends PING every 0.15 s; a hop resets a stream that was quiet for 0.9 s, and the server works for 1.2 to 2.7 s.",
  tier: "reproduced",
  clients: pingAsTold,
  client: { keepalive: pinged },
  also: ["http2/rst-internal-error"],
  world: (trial) => hop(trial, 900),
  treatments: {
    heartbeat: {
      says: "a message of the client every 0.3 s while the server works",
      plan: { kind: "bidi-streaming", messages: 9, messageEveryMs: 300 },
      world: (trial) => quietStreamWorld(trial, { idleMs: 900, workMs: 50, cut: "rst-internal-error" }),
    },
    "raise-hops": { says: "a timer of 5 s at the hop", world: (trial) => hop(trial, 5_000) },
    "ping-for-l4": {
      says: "the hop is of layer 4: it forgets flows that were quiet for 1.2 s; the call comes after 2 s",
      plan: { idleMs: 2_000, deadlineMs: 2_000 },
      world: (trial) => forgottenFlowWorld(trial, { forgetsAfterMs: 1_200, then: "silence" }),
    },
    "keepalive-below-60s": {
      says: "a PING twice as often",
      client: { keepalive: { ...pinged, timeMs: 75 } },
    },
    "envoy-connection-keepalive": {
      says: "the hop sends PING every 0.1 s as well",
      world: (trial) => hop(trial, 900, 100),
    },
  },
});

function hop(trial: Trial, idleMs: number, pingEveryMs?: number): Promise<World> {
  const pings = pingEveryMs === undefined ? {} : { pingEveryMs };
  return quietStreamWorld(trial, { idleMs, workMs: trial.between(1_200, 2_700), cut: "rst-internal-error", ...pings });
}

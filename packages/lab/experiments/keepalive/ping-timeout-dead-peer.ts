/** keepalive/ping-timeout-dead-peer: a peer that stands still longer than the keepalive timeout is taken for dead. */

import { experiment } from "#lab/experiment/experiment";
import { pingAsTold } from "#lab/setups/client-groups";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { standstillWorld } from "#lab/worlds/vanished-world";

const keepalive = { timeMs: 10_000, timeoutMs: 500, permitWithoutCalls: true };

export default experiment({
  entry: "keepalive/ping-timeout-dead-peer",
  says: "A call of 12 s; the server stands still from the 9th second on, for 2 to 4 s. Keepalive asks after 10 s and waits 0.5 s.",
  tier: "reproduced",
  clients: ["grpc-js", "nice-grpc", "connect-node", "holdfast", "grpcio", "grpc-go", "grpc-java", "tonic"],
  client: { keepalive },
  plan: { deadlineMs: 30_000 },
  atOnce: 60,
  world: stopsForSeconds,
  treatments: {
    accept: {
      says: "the call is made once more, with the deadline that is left",
      client: { again: { codes: "any", times: 1, pauseMs: 100 } },
      plan: { deadlineMs: 30_000 },
    },
    "raise-timeout": {
      says: "a keepalive timeout of 20 s",
      client: { keepalive: { ...keepalive, timeoutMs: 20_000 } },
    },
    "two-pings": {
      says: "a timeout of 1.5 s, since a second PING would come before the end",
      client: { keepalive: { ...keepalive, timeoutMs: 1_500 } },
    },
    "shorter-interval": {
      says: "keepalive every 1 s",
      client: { keepalive: { ...keepalive, timeMs: 1_000 } },
      clients: pingAsTold,
    },
  },
});

function stopsForSeconds(trial: Trial): Promise<World> {
  return standstillWorld(trial, { fromMs: 9_000, forMs: trial.between(2_000, 4_000), workMs: 12_000 });
}

/** config/ignored-option: a server is told what PINGs it permits by a key that it does not know, and says nothing. */

import { experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { pingAsTold } from "#lab/setups/client-groups";
import { forgottenFlowWorld } from "#lab/worlds/forgotten-flow-world";
import { grpcioServer } from "#lab/worlds/grpcio-server";

const permittedMs = 250;

export default experiment({
  entry: "config/ignored-option",
  says: "A grpcio server with the article's key, min_recv_ping_interval_without_data_ms; the client sends PING every 0.5 s in a call of 5 s.",
  tier: "reproduced",
  clients: pingAsTold,
  client: { keepalive: { timeMs: 500, timeoutMs: 5_000, permitWithoutCalls: true } },
  // A client prints what it prints of the GOAWAY; the key shows nowhere.
  also: ["http2/enhance-your-calm-too-many-pings"],
  plan: { deadlineMs: 15_000 },
  trials: 40,
  atOnce: 40,
  world: () => told("grpc.http2.min_recv_ping_interval_without_data_ms"),
  treatments: {
    "check-names": {
      says: "the key as the library has it, min_ping_interval_without_data_ms",
      world: () => told("grpc.http2.min_ping_interval_without_data_ms"),
    },
    "misspelt-key": {
      says: "the article's key once more, with a tenth of the time",
      world: () => told("grpc.http2.min_recv_ping_interval_without_data_ms", permittedMs / 10),
    },
    "boolean-permit": {
      says: "keepalive_permit_without_calls: true, against a device that forgets quiet flows after 1 s; the call comes after 2 s",
      client: { options: { "grpc.keepalive_permit_without_calls": true } },
      plan: { idleMs: 2_000, deadlineMs: 1_000 },
      world: (trial) => forgottenFlowWorld(trial, { forgetsAfterMs: 1_000, then: "silence" }),
      clients: ["grpc-js", "nice-grpc"],
    },
  },
});

function told(key: string, timeMs = permittedMs): Promise<World> {
  return grpcioServer({ answerMs: 5_000, options: { [key]: timeMs } });
}

/** http2/enhance-your-calm-too-many-pings: a grpcio server with its defaults and a client that pings four times a second. */

import type { ClientSetup } from "#lab/experiment/client-setup";
import { experiment } from "#lab/experiment/experiment";
import { fiveAttemptsOn } from "#lab/setups/habits";
import { withChannelArguments } from "#lab/setups/client-groups";
import { grpcioServer } from "#lab/worlds/grpcio-server";

/** One call that says nothing for six seconds, as a quiet stream does. */
const answerMs = 6_000;
/** A client with this interval has sent its fifth PING after 1.25 s; Go and Java raise every interval to 10 s. */
const pingEvery = (timeMs: number, permitWithoutCalls = false): ClientSetup => ({
  keepalive: { timeMs, timeoutMs: 5_000, permitWithoutCalls },
});
const defaults = () => grpcioServer({ answerMs });

export default experiment({
  entry: "http2/enhance-your-calm-too-many-pings",
  says: "A quiet call of 6 s at a grpcio server with its defaults (5 min between PINGs); the client pings every 250 ms.",
  tier: "reproduced",
  // grpcio itself stops after two PINGs without data, and so never asks for trouble here.
  clients: ["grpc-js", "nice-grpc", "connect-node"],
  needs: ["python3"],
  plan: { deadlineMs: 8_000 },
  client: pingEvery(250),
  world: defaults,
  atOnce: 60,
  treatments: {
    agree: {
      says: "the client pings every 6 min",
      client: pingEvery(360_000),
    },
    "lower-server-minimum": {
      says: "grpc.http2.min_ping_interval_without_data_ms of 200 on the server",
      world: () => grpcioServer({ answerMs, options: { "grpc.http2.min_ping_interval_without_data_ms": 200 } }),
    },
    "both-sides-idle": {
      says: "pings without calls, 3 s of them, and a server that permits them and allows one in 200 ms",
      plan: { idleMs: 3_000 },
      client: pingEvery(250, true),
      world: () =>
        grpcioServer({
          answerMs: 100,
          options: {
            "grpc.http2.min_ping_interval_without_data_ms": 200,
            "grpc.keepalive_permit_without_calls": 1,
          },
        }),
    },
    "let-it-heal": {
      says: "one channel for all attempts: the call is made again, up to 4 times; the server allows one PING in 900 ms",
      client: { again: { codes: "any", times: 4, pauseMs: 50 } },
      world: () => grpcioServer({ answerMs, options: { "grpc.http2.min_ping_interval_without_data_ms": 900 } }),
    },
    "raise-memory": {
      says: "no limits of message sizes",
      client: { options: { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 } },
      clients: withChannelArguments,
    },
    "retry-resource-exhausted": {
      says: "maxAttempts 5 on UNAVAILABLE, RESOURCE_EXHAUSTED and ABORTED",
      client: fiveAttemptsOn("UNAVAILABLE", "RESOURCE_EXHAUSTED", "ABORTED"),
      clients: withChannelArguments,
    },
    "ping-more": {
      says: "the client pings every 100 ms",
      client: pingEvery(100),
    },
    "misspelt-python-key": {
      says: "grpc.http2.min_recv_ping_interval_without_data_ms of 200 on the server",
      world: () => grpcioServer({ answerMs, options: { "grpc.http2.min_recv_ping_interval_without_data_ms": 200 } }),
    },
    "goaway-env": {
      says: "GRPC_GOAWAY_MIN_PING_INTERVAL is 100 for the client",
      client: { env: { GRPC_GOAWAY_MIN_PING_INTERVAL: "100" } },
    },
    "thirty-seconds": {
      says: "a client's PINGs come ten times as often as the server allows, with and without calls, as 30 s do against 5 min",
      client: pingEvery(250, true),
      world: () => grpcioServer({ answerMs, options: { "grpc.http2.min_ping_interval_without_data_ms": 2_500 } }),
    },
  },
});

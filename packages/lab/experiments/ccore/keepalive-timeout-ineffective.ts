/** ccore/keepalive-timeout-ineffective: C-core's keepalive timeout does not close a dead connection. */

import { experiment } from "#lab/experiment/experiment";
import { retryOn } from "#lab/setups/habits";
import { vanishedInCallWorld } from "#lab/worlds/vanished-world";

const keepalive = { timeMs: 1_000, timeoutMs: 1_000, permitWithoutCalls: true };

export default experiment({
  entry: "ccore/keepalive-timeout-ineffective",
  says: "The peer vanishes while it works on a call with a deadline of 12 s; keepalive asks every second and waits one second, and a policy retries UNAVAILABLE.",
  tier: "reproduced",
  clients: ["grpcio"],
  client: { keepalive, ...retryOn("UNAVAILABLE") },
  plan: { deadlineMs: 12_000 },
  atOnce: 60,
  world: vanishedInCallWorld,
  treatments: {
    "ping-timeout": {
      says: "grpc.http2.max_pings_without_data of 0, grpc.http2.ping_timeout_ms of 1.5 s",
      client: { options: { "grpc.http2.max_pings_without_data": 0, "grpc.http2.ping_timeout_ms": 1_500 } },
    },
    deadlines: {
      says: "a deadline of 2 s, and one more try",
      client: { again: { codes: ["DEADLINE_EXCEEDED"], times: 1, pauseMs: 0 } },
      plan: { deadlineMs: 2_000 },
    },
    "lower-timeout": {
      says: "grpc.keepalive_timeout_ms of 0.1 s",
      client: { keepalive: { ...keepalive, timeoutMs: 100 } },
    },
    "trust-blog": {
      says: "the article's options, times scaled down: time 3 s, timeout 1 s, max_pings_without_data 0",
      client: {
        keepalive: { timeMs: 3_000, timeoutMs: 1_000, permitWithoutCalls: true },
        options: { "grpc.http2.max_pings_without_data": 0 },
      },
    },
  },
});

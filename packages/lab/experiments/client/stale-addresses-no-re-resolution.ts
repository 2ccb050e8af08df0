/** client/stale-addresses-no-re-resolution: the name leads elsewhere, and clients go on with the address that they know. */

import { experiment } from "#lab/experiment/experiment";
import { fiveAttemptsOn, retryOn } from "#lab/setups/habits";
import { movedWorld } from "#lab/worlds/moved-world";

const goneAfterMs = 500;
/** grpc-js takes a DNS server in its target only then. */
const env = { GRPC_NODE_USE_ALTERNATIVE_RESOLVER: "true" };
const sooner = { "grpc.dns_min_time_between_resolutions_ms": 100 };

export default experiment({
  entry: "client/stale-addresses-no-re-resolution",
  says: "A name leads to one server; 0.5 s later that is gone and the name leads to another. The call comes 0.5 s after that.",
  tier: "reproduced",
  clients: ["grpc-js", "grpcio", "grpc-go"],
  also: ["connect/refused"],
  client: { env },
  plan: { idleMs: 1_000, deadlineMs: 3_000 },
  world: movedWorld({ goneAfterMs }),
  treatments: {
    "max-age": {
      says: "GOAWAY 0.2 s before the old server left; names may be resolved again after 0.1 s, for the 30 s of a real age",
      client: { options: sooner },
      world: movedWorld({ goneAfterMs, goawayAfterMs: 300 }),
      clients: ["grpc-js", "grpcio"],
    },
    "headless-round-robin": {
      says: "round_robin, with a name that led to both servers from the start",
      client: { loadBalancing: "round_robin" },
      world: movedWorld({ goneAfterMs, before: "both" }),
    },
    "resolve-sooner": {
      says: "names may be resolved again after 0.1 s, and a retry policy on UNAVAILABLE",
      client: { options: sooner, ...retryOn("UNAVAILABLE") },
      clients: ["grpc-js", "grpcio"],
    },
    "short-age": {
      says: "GOAWAY 0.2 s before the old server left, 0.3 s after the name was resolved",
      world: movedWorld({ goneAfterMs, goawayAfterMs: 300 }),
    },
    retry: { says: "a retry policy of five attempts on UNAVAILABLE", client: fiveAttemptsOn("UNAVAILABLE") },
    "lb-policy-name": {
      says: "grpc.lb_policy_name of round_robin",
      client: { options: { "grpc.lb_policy_name": "round_robin" } },
      clients: ["grpc-js", "grpcio"],
    },
    "wait-for-dns-ttl": {
      says: "the call comes 3 s later; the record may be kept for 0 s",
      plan: { idleMs: 4_000 },
    },
    "longer-deadline": { says: "a deadline of 10 s", plan: { deadlineMs: 10_000 } },
  },
});

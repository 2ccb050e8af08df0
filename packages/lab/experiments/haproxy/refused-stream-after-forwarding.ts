/** haproxy/refused-stream-after-forwarding: a call that ran is called refused, so that its client sends it again. */

import type { Trial } from "#lab/experiment/experiment";
import { clientIds, experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { haproxyWorld } from "#lab/worlds/haproxy-world";
import { actsOnceByKey, dropsOnce, finishesThenLeaves } from "#lab/worlds/server-behind";

export default experiment({
  entry: "haproxy/refused-stream-after-forwarding",
  says: "The server behind a real HAProxy 2.6 executes the first call and is lost under it; HAProxy says REFUSED_STREAM, which means that nothing ran.",
  tier: "reproduced",
  needs: ["haproxy"],
  clients: clientIds,
  also: ["http2/rst-refused-stream", "connect/refused-stream-reported-internal"],
  world: (trial) => dropped(trial, []),
  treatments: {
    "idempotency-key": {
      says: "the server knows the call by a key, and acts once",
      world: (trial) => haproxyWorld(trial, { scriptOf: actsOnceByKey(trial) }),
    },
    "no-transparent-retry": {
      says: "grpc.enable_retries of 0",
      client: { options: { "grpc.enable_retries": 0 } },
      clients: ["grpc-js", "nice-grpc"],
    },
    "drain-backends": {
      says: "the server says GOAWAY, answers what it has, and closes then",
      world: (trial) => haproxyWorld(trial, { scriptOf: finishesThenLeaves(trial) }),
    },
    "retry-on-all": {
      says: "retries 2 and retry-on all-retryable-errors; the server is lost six times",
      world: (trial) => dropped(trial, ["retries 2", "retry-on all-retryable-errors"], 6),
    },
    "reuse-never": { says: "http-reuse never", world: (trial) => dropped(trial, ["http-reuse never"]) },
  },
});

function dropped(trial: Trial, backend: readonly string[], calls = 1): Promise<World> {
  return haproxyWorld(trial, { backend, scriptOf: dropsOnce(trial, { calls }) });
}

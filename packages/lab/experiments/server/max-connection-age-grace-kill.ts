/** server/max-connection-age-grace-kill: a real grpc-go server's age and grace are over before the call is. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import { eagerKeepalive, retryOn } from "#lab/setups/habits";
import { processWorld } from "#lab/worlds/process-world";

/** Give or take 10 %, by chance. The call begins 0.7 s after the connection. */
const maxConnectionAgeMs = 1_500;

export default experiment({
  entry: "server/max-connection-age-grace-kill",
  says: "A grpc-go server with an age of 1.5 s and a grace of 0.1 s; a call of 1.2 s begins after 0.7 s.",
  tier: "reproduced",
  needs: ["go"],
  clients: clientIds,
  also: [
    "grpc/goaway-then-connection-closed",
    "server/max-connection-age",
    "httpclient/goaway",
    "http2/missing-trailers",
  ],
  plan: { idleMs: 700 },
  world: processWorld("grpc-go", {
    settings: { maxConnectionAgeMs, maxConnectionAgeGraceMs: 100, handlerMs: 1_200 },
  }),
  treatments: {
    "long-grace": {
      says: "a grace of 10 s",
      world: processWorld("grpc-go", {
        settings: { maxConnectionAgeMs, maxConnectionAgeGraceMs: 10_000, handlerMs: 1_200 },
      }),
    },
    "end-in-handler": {
      says: "the handler ends within 0.1 s",
      world: processWorld("grpc-go", {
        settings: { maxConnectionAgeMs, maxConnectionAgeGraceMs: 100, handlerMs: 100 },
      }),
    },
    "idempotent-retry": { says: "a retry policy of 3 attempts on UNAVAILABLE", client: retryOn("UNAVAILABLE") },
    "retry-streams": {
      says: "a stream of messages, 0.1 s apart, and a retry policy on UNAVAILABLE",
      plan: { kind: "server-streaming", messages: 20, messageEveryMs: 100 },
      client: retryOn("UNAVAILABLE"),
      world: processWorld("grpc-go", {
        settings: { maxConnectionAgeMs, maxConnectionAgeGraceMs: 100, handlerMs: 5 },
      }),
    },
    keepalive: { says: "keepalive every 10 s, with and without calls", client: eagerKeepalive },
  },
});

/** proxy/http-error-instead-of-grpc: a hop answers in plain HTTP, with a status of its own. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { retryOn } from "#lab/setups/habits";
import { answerHttp, eachCall } from "#lab/worlds/each-call";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "proxy/http-error-instead-of-grpc",
  says: "A hop answers its first call with :status 502, 503 or 504 and a page; the next one reaches the server.",
  tier: "reproduced",
  clients: grpcLibraries,
  // grpc-java prints the page too.
  also: ["proxy/html-instead-of-grpc"],
  world: pageOnce,
  treatments: {
    "proxy-speaks-grpc": {
      says: "one block of headers with :status 200 and grpc-status 14; a policy retries UNAVAILABLE",
      client: retryOn("UNAVAILABLE"),
      world: (trial) =>
        peerWorld(
          trial,
          eachCall((connection, call) => connection.answerStatus(call, 14, "upstream unavailable", "not-begun"), 1),
        ),
    },
    "policy-in-grpc-js": { says: "a retry policy for UNAVAILABLE", client: retryOn("UNAVAILABLE") },
    "return-204": {
      says: "the article's return 204: grpc-status 14 without a content type; a policy retries UNAVAILABLE",
      client: retryOn("UNAVAILABLE"),
      world: (trial) =>
        peerWorld(
          trial,
          eachCall(
            (connection, call) =>
              answerHttp(connection, call, 204, { "grpc-status": "14", "grpc-message": "unavailable" }),
            1,
          ),
        ),
    },
  },
});

function pageOnce(trial: Trial): Promise<World> {
  const status = trial.between(502, 504);
  return peerWorld(
    trial,
    eachCall((connection, call) => connection.answerHtml(call, status), 1),
  );
}

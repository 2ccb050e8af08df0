/** proxy/html-instead-of-grpc: a page came where a gRPC answer was due. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { retryOn } from "#lab/setups/habits";
import { wellBehaved } from "#lab/peer/peer-script";
import { eachCall } from "#lab/worlds/each-call";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "proxy/html-instead-of-grpc",
  says: "A hop answers each call with :status 200, text/html and a page.",
  tier: "reproduced",
  clients: grpcLibraries,
  plan: { deadlineMs: 2_000 },
  world: (trial) =>
    peerWorld(
      trial,
      eachCall((connection, call) => connection.answerHtml(call, 200)),
    ),
  treatments: {
    "grpc-errors": {
      says: "the hop answers its first call with grpc-status 14 alone; a policy retries UNAVAILABLE",
      client: retryOn("UNAVAILABLE"),
      world: (trial) =>
        peerWorld(
          trial,
          eachCall((connection, call) => connection.answerStatus(call, 14, "upstream unavailable", "not-begun"), 1),
        ),
    },
    "wrap-grpc-js": {
      says: "called once more on “Received HTTP status code 50…”; the hop answers its first call with a page of 502, 503 or 504",
      client: { again: { codes: "any", texts: ["HTTP status code 50"], times: 1, pauseMs: 50 } },
      world: (trial) => {
        const status = trial.between(502, 504);
        return peerWorld(
          trial,
          eachCall((connection, call) => connection.answerHtml(call, status), 1),
        );
      },
      clients: ["grpc-js", "nice-grpc"],
    },
    "exempt-path": { says: "the gRPC path goes to the server", world: (trial) => peerWorld(trial, () => wellBehaved) },
    "max-message-size": {
      says: "grpc.max_receive_message_length of 2,147,483,647",
      client: { options: { "grpc.max_receive_message_length": 2_147_483_647 } },
      clients: ["grpc-js", "nice-grpc", "grpcio"],
    },
  },
});

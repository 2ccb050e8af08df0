/** grpc/bad-response-framing: something on the way rewrites bodies, so that what arrives is no gRPC message. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { answerBytes, answers, serves } from "#lab/worlds/answers";
import { grpcLibraries } from "#lab/setups/client-groups";
import { peerWorld } from "#lab/worlds/peer-world";

/** A compressed flag without an encoding, a message that ends early, none at all. */
const wrongForAll = ["01000000020909", "00000000090102", ""];
/** Two messages for a unary call; grpc-js takes no notice and waits for its deadline, so that this is another entry's text there. */
const twoMessages = "00000000000000000000";

function wrong(trial: Trial) {
  const isGrpcJs = trial.client === "grpc-js" || trial.client === "nice-grpc";
  const bodies = isGrpcJs ? wrongForAll : [...wrongForAll, twoMessages];
  const body = Buffer.from(bodies[trial.between(0, bodies.length - 1)] ?? "", "hex");
  return answers(answerBytes(body, "trailers"));
}

export default experiment({
  entry: "grpc/bad-response-framing",
  says: "Every answer carries a body that is no single gRPC message, one of four kinds, and grpc-status 0.",
  tier: "reproduced",
  // grpcio is left out: where no whole message comes it ends the call OK, without an answer.
  clients: grpcLibraries.filter((client) => client !== "grpcio"),
  world: (trial) => peerWorld(trial, wrong(trial)),
  treatments: {
    "proxy-hands-off": {
      says: "the hop on the way leaves bodies alone",
      world: (trial) => peerWorld(trial, serves),
    },
    retry: {
      says: "whatever fails is sent again, up to 2 times, 20 ms apart",
      client: { again: { codes: "any", times: 2, pauseMs: 20 } },
    },
    "raise-limit": {
      says: "grpc.max_receive_message_length of 64 MB",
      client: { options: { "grpc.max_receive_message_length": 64 * 1024 * 1024 } },
      clients: ["grpc-js", "nice-grpc"],
    },
  },
});

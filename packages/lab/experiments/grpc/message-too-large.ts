/** grpc/message-too-large: the answer is larger than the 4 MiB that the client takes by default. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { withChannelArguments } from "#lab/setups/client-groups";
import { messageOf } from "#lab/worlds/answers";
import { nodeServer } from "#lab/worlds/node-server";

const mib = 1024 * 1024;
const large = (trial: Trial) => nodeServer({ body: messageOf(trial.between(5, 8) * mib) });

export default experiment({
  entry: "grpc/message-too-large",
  says: "The handler runs, and its answer is a message of 5 to 8 MiB.",
  tier: "reproduced",
  clients: ["grpc-js", "nice-grpc", "holdfast", "grpcio", "grpc-go", "grpc-java", "tonic"],
  world: large,
  trials: 30,
  atOnce: 4,
  treatments: {
    "page-or-stream": {
      says: "a stream of messages of 1 MiB each",
      plan: { kind: "server-streaming" },
      world: (trial) => {
        const page = messageOf(mib);
        return nodeServer({ body: Buffer.concat(Array.from({ length: trial.between(5, 8) }, () => page)) });
      },
    },
    "raise-the-right-limit": {
      says: "grpc.max_receive_message_length of 16 MiB on the client",
      client: { options: { "grpc.max_receive_message_length": 16 * mib } },
      clients: withChannelArguments,
    },
    retry: {
      says: "a retry policy of 3 attempts on RESOURCE_EXHAUSTED",
      client: {
        retry: { maxAttempts: 3, initialBackoffMs: 100, maxBackoffMs: 1_000, codes: ["RESOURCE_EXHAUSTED"] },
        idempotent: true,
      },
    },
    "more-memory": {
      says: "the process gets 4 GB of heap",
      client: { env: { NODE_OPTIONS: "--max-old-space-size=4096" } },
      clients: ["grpc-js", "nice-grpc", "holdfast"],
    },
    "other-side": {
      says: "grpc.max_send_message_length is -1; the receive limit stays",
      client: { options: { "grpc.max_send_message_length": -1 } },
      clients: withChannelArguments,
    },
  },
});

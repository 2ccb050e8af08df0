/** grpc/metadata-too-large: a handler fails with a long message, whose trailers are larger than the client's limit. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { nodeServer } from "#lab/worlds/node-server";

/** By then the handler has done its work: what is lost is its answer's end. */
const longTrailers = (trial: Trial) =>
  nodeServer({ trailers: { "grpc-status": "0", "lab-trace": "x".repeat(trial.between(17, 40) * 1024) } });

export default experiment({
  entry: "grpc/metadata-too-large",
  says: "The call ends well, with trailers of 17 to 40 KB, more than C-core and Java take.",
  tier: "reproduced",
  clients: ["grpcio", "grpc-java"],
  // What grpc-java prints names the reason in its cause alone.
  also: ["http2/peer-violation"],
  world: longTrailers,
  treatments: {
    "send-less": {
      says: "trailers of at most 2 KB",
      world: (trial) =>
        nodeServer({ trailers: { "grpc-status": "0", "lab-trace": "x".repeat(trial.between(200, 2_000)) } }),
    },
    "raise-the-receiver": {
      says: "grpc.max_metadata_size of 64 KB where the trailers are read",
      client: { options: { "grpc.max_metadata_size": 64 * 1024 } },
      clients: ["grpcio"],
    },
    "read-it-once": {
      says: "grpc.max_metadata_size of 64 KB on the client",
      client: { options: { "grpc.max_metadata_size": 64 * 1024 } },
      clients: ["grpcio"],
    },
    "message-limit": {
      says: "grpc.max_receive_message_length of 64 MB",
      client: { options: { "grpc.max_receive_message_length": 64 * 1024 * 1024 } },
      clients: ["grpcio"],
    },
    retry: {
      says: "whatever fails is sent again, up to 3 times, 20 ms apart",
      client: { again: { codes: "any", times: 3, pauseMs: 20 } },
    },
  },
});

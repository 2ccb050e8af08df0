/** server/unsupported-encoding: the client compresses with gzip, and the server has no gzip. */

import { experiment } from "#lab/experiment/experiment";
import type { ClientId, Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { fiveAttemptsOn } from "#lab/setups/habits";
import { eachCall } from "#lab/worlds/each-call";
import { peerWorld } from "#lab/worlds/peer-world";

const clients: readonly ClientId[] = ["grpc-js", "nice-grpc", "grpcio"];
const gzip = { "grpc.default_compression_algorithm": 2 };
const identity = { "grpc.default_compression_algorithm": 0 };

export default experiment({
  entry: "server/unsupported-encoding",
  says: "The client sends gzip; the server refuses a compressed message with UNIMPLEMENTED, as a Go server words it.",
  tier: "reproduced",
  clients,
  client: { options: gzip },
  plan: { warmUp: false },
  world: refusesCompressed,
  treatments: {
    "install-it": {
      says: "a server that has gzip",
      world: (trial) =>
        peerWorld(
          trial,
          eachCall((connection, call) => connection.finish([call])),
        ),
    },
    "send-uncompressed": { says: "grpc.default_compression_algorithm of 0", client: { options: identity } },
    retry: { says: "a retry policy for UNIMPLEMENTED", client: fiveAttemptsOn("UNIMPLEMENTED") },
  },
});

/** A call's number cannot be read from a compressed message, which is also how this server tells the two apart. */
function refusesCompressed(trial: Trial): Promise<World> {
  return peerWorld(
    trial,
    eachCall((connection, call) => {
      if (call.id !== undefined) connection.finish([call]);
      else
        connection.answerStatus(call, 12, 'grpc: Decompressor is not installed for grpc-encoding "gzip"', "not-begun");
    }),
  );
}

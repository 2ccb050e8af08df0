/** connect/name-not-found: the resolver of the machine knows no address for the name. */

import { experiment } from "#lab/experiment/experiment";
import { withoutNiceGrpc } from "#lab/setups/client-groups";
import { fiveAttemptsOn } from "#lab/setups/habits";
import { wellBehaved } from "#lab/peer/peer-script";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "connect/name-not-found",
  says: "The target is a name below .invalid, which never has an address (RFC 6761).",
  tier: "reproduced",
  clients: withoutNiceGrpc,
  plan: { warmUp: false, deadlineMs: 10_000 },
  // The machine's resolver answers some names a second.
  trials: 40,
  atOnce: 4,
  world: async (trial) => ({
    ...(await peerWorld(trial, () => wellBehaved)),
    target: "shop.invalid:50051",
  }),
  treatments: {
    "target-form": {
      says: "host:port of a name that resolves",
      world: async (trial) => {
        const world = await peerWorld(trial, () => wellBehaved);
        return { ...world, target: world.target.replace("127.0.0.1", "localhost") };
      },
    },
    "native-resolver": {
      says: "GRPC_DNS_RESOLVER=native, for a name that does not exist",
      client: { env: { GRPC_DNS_RESOLVER: "native" } },
      clients: ["grpcio"],
    },
    "retry-a-typo": { says: "a retry policy of five attempts", client: fiveAttemptsOn("UNAVAILABLE") },
  },
});

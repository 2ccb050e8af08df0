/** tls/alpn-missing: the hop that ends TLS does not choose h2 by ALPN. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { createCertificate } from "#lab/peer/certificate";
import { wellBehaved } from "#lab/peer/peer-script";
import { peerWorld } from "#lab/worlds/peer-world";

const certificate = createCertificate();

export default experiment({
  entry: "tls/alpn-missing",
  says: "TLS comes up without ALPN; behind it HTTP/2 is spoken, as behind a load balancer that ends TLS and forwards bytes.",
  tier: "reproduced",
  clients: grpcLibraries,
  plan: { warmUp: false, deadlineMs: 2_000 },
  world: (trial) => peerWorld(trial, () => wellBehaved, { certificate, alpn: [] }),
  treatments: {
    "enable-h2": { says: "the hop offers h2", world: (trial) => peerWorld(trial, () => wellBehaved, { certificate }) },
    "go-escape": {
      says: "GRPC_ENFORCE_ALPN_ENABLED=false",
      client: { env: { GRPC_ENFORCE_ALPN_ENABLED: "false" } },
      clients: ["grpc-go"],
    },
    "skip-verification": { says: "certificates are not verified", client: { skipVerification: true } },
  },
});

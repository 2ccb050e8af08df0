/** tls/handshake-failed: the two ends do not agree on TLS. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import type { Trial } from "#lab/experiment/experiment";
import { fiveAttemptsOn } from "#lab/setups/habits";
import type { TlsFault } from "#lab/worlds/distrusted-world";
import { distrustedWorld, tlsFaults, trustedWorld } from "#lab/worlds/distrusted-world";
import { peerWorld } from "#lab/worlds/peer-world";
import { wellBehaved } from "#lab/peer/peer-script";

export default experiment({
  entry: "tls/handshake-failed",
  says: "An unknown authority, an expired certificate, a wrong name or a plaintext server, as chance has it.",
  tier: "reproduced",
  clients: grpcLibraries,
  plan: { warmUp: false, deadlineMs: 2_000 },
  world: (trial) => distrustedWorld(trial, anyFault(trial)),
  treatments: {
    "give-the-ca": { says: "the client is given the authority that signed", world: trustedWorld },
    "same-mode": { says: "plaintext at both ends", world: (trial) => peerWorld(trial, () => wellBehaved) },
    "skip-verification": { says: "certificates are not verified", client: { skipVerification: true } },
    retry: { says: "a retry policy of five attempts", client: fiveAttemptsOn("UNAVAILABLE") },
  },
});

function anyFault(trial: Trial): TlsFault {
  return tlsFaults[trial.between(0, tlsFaults.length - 1)] ?? "plaintext";
}

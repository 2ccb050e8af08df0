/** Owns the world of a server whose TLS the client has a reason to refuse. */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import { createCertificate } from "../peer/certificate.ts";
import { wellBehaved } from "../peer/peer-script.ts";
import { peerWorld } from "./peer-world.ts";

export const tlsFaults = ["unknown-authority", "expired", "wrong-name", "plaintext"] as const;
export type TlsFault = (typeof tlsFaults)[number];

/** A certificate of 30 days that ended a month ago. */
const expiredMs = 60 * 86_400_000;

const good = createCertificate();
const foreign = createCertificate();
const expired = createCertificate(Date.now() - expiredMs);

export async function distrustedWorld(trial: Trial, fault: TlsFault): Promise<World> {
  switch (fault) {
    case "unknown-authority":
      return { ...(await peerWorld(trial, () => wellBehaved, { certificate: good })), caPem: foreign.certPem };
    case "expired":
      return peerWorld(trial, () => wellBehaved, { certificate: expired });
    case "wrong-name":
      return { ...(await peerWorld(trial, () => wellBehaved, { certificate: good })), serverName: "shop.test" };
    case "plaintext":
      return { ...(await peerWorld(trial, () => wellBehaved)), caPem: good.certPem };
  }
}

/** The same server, trusted. */
export function trustedWorld(trial: Trial): Promise<World> {
  return peerWorld(trial, () => wellBehaved, { certificate: good });
}

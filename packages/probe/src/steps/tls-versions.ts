/** Which versions of TLS a server takes, each offered alone. Below 1.2 HTTP/2 may not be spoken at all, RFC 9113 §9.2. */

import { openWire, type TlsVersion, type WireTls } from "../wire/index.ts";
import type { ProbeContext } from "./step.ts";

export interface VersionsTaken {
  readonly taken: readonly TlsVersion[];
  readonly refused: readonly TlsVersion[];
}

const offered: readonly TlsVersion[] = ["TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"];

/** One handshake each, at the same time; none of them says anything inside. */
export async function versionsTaken(context: ProbeContext, tls: WireTls): Promise<VersionsTaken> {
  const took = await Promise.all(
    offered.map((version) => takes(context, { ...tls, minVersion: version, maxVersion: version })),
  );
  const having = (wanted: boolean): TlsVersion[] => offered.filter((_, index) => took[index] === wanted);
  return { taken: having(true), refused: having(false) };
}

async function takes({ network, target, address }: ProbeContext, tls: WireTls): Promise<boolean> {
  const { host, port, answerMs } = target;
  const resolve = address === undefined ? {} : { resolve: address };
  const limits = { connectMs: answerMs, tlsMs: answerMs };
  const wire = openWire({ host, port, ...resolve, tls, until: "tls", limits, network });
  const opened = await wire.opened;
  void wire.close();
  return opened.kind === "open";
}

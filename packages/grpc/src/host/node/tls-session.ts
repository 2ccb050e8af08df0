/** Reads from a `tls.TLSSocket` what the handshake agreed on. */

import type { TLSSocket } from "node:tls";
import type { PeerIdentity, TlsSession } from "../host.ts";

/** `asClient`: whether the peer is the server, whose certificate was accepted if the handshake ended at all. */
export function tlsSession(stream: TLSSocket, asClient: boolean): TlsSession {
  const peer = asClient || stream.authorized ? peerIdentity(stream) : undefined;
  return {
    ...(typeof stream.alpnProtocol === "string" ? { alpn: stream.alpnProtocol } : {}),
    version: stream.getProtocol() ?? "unknown",
    ...(peer === undefined ? {} : { peer }),
  };
}

function peerIdentity(stream: TLSSocket): PeerIdentity | undefined {
  const certificate = stream.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  return {
    // Node gives one attribute a line.
    subject: certificate.subject.replaceAll("\n", ", "),
    subjectAltName: certificate.subjectAltName ?? "",
    fingerprint256: certificate.fingerprint256,
  };
}

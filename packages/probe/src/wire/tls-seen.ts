/** Owns what a TLS handshake showed, as plain data; `tls-over-socket.ts` fills it in, the TLS step judges it. */

import type { X509Certificate } from "node:crypto";
import { checkServerIdentity, type TLSSocket } from "node:tls";

/** What is offered to the peer, and by what it is judged. */
export interface WireTls {
  /** The name asked for by SNI and looked for in the certificate; an IP address is only looked for. */
  readonly serverName: string;
  /** Default `["h2"]`; empty: the extension is left out. */
  readonly alpn?: readonly string[];
  /** Trusted authorities as PEM; absent: those of Node. */
  readonly ca?: string;
  /** Our own certificate and key as PEM, for mutual TLS. */
  readonly cert?: string;
  readonly key?: string;
  /** Default TLSv1.2 to TLSv1.3: what HTTP/2 may be spoken over, RFC 9113 §9.2. Below 1.2 the weak ciphers go with it. */
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
}

export type TlsVersion = "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";

/** What the handshake agreed on and what the peer showed, whether or not it is to be trusted. */
export interface TlsSeen {
  readonly version: string;
  readonly cipher: string;
  /** Absent: the peer chose none. */
  readonly alpn?: string;
  /** The peer's own first, then its issuers as far as they came or are known here. */
  readonly chain: readonly CertificateSeen[];
  /** OpenSSL's word for why the chain is not trusted, for instance `CERT_HAS_EXPIRED`; absent: it is. */
  readonly distrust?: string;
  /** Why the certificate is not for the name that was asked; absent: it is, or there was no certificate. */
  readonly wrongName?: string;
}

export interface CertificateSeen {
  readonly subject: string;
  readonly issuer: string;
  /** For instance `DNS:example.org, IP Address:127.0.0.1`; empty if it has none. */
  readonly names: string;
  /** Milliseconds since the Unix epoch. */
  readonly validFromMs: number;
  readonly validToMs: number;
  /** For instance `rsa 2048` or `ec`. */
  readonly keyKind: string;
  readonly fingerprint256: string;
}

/** Longer chains are cut: certificates that issue each other must not keep us. */
const maxChain = 10;

export function tlsSeen(stream: TLSSocket, serverName: string): TlsSeen {
  const leaf = stream.getPeerX509Certificate();
  const wrongName = leaf === undefined ? undefined : checkServerIdentity(serverName, leaf.toLegacyObject());
  const distrust = stream.authorized ? undefined : String(errorWord(stream.authorizationError));
  return {
    version: stream.getProtocol() ?? "unknown",
    cipher: stream.getCipher().standardName,
    ...(typeof stream.alpnProtocol === "string" ? { alpn: stream.alpnProtocol } : {}),
    chain: chainFrom(leaf),
    ...(distrust === undefined ? {} : { distrust }),
    ...(wrongName === undefined ? {} : { wrongName: wrongName.message }),
  };
}

/** Node's types say Error; what it gives is OpenSSL's word. */
function errorWord(error: unknown): unknown {
  return error instanceof Error ? error.message : error;
}

function chainFrom(leaf: X509Certificate | undefined): CertificateSeen[] {
  const chain: CertificateSeen[] = [];
  const known = new Set<string>();
  for (let next = leaf; next !== undefined && chain.length < maxChain; next = next.issuerCertificate) {
    if (known.has(next.fingerprint256)) break;
    known.add(next.fingerprint256);
    chain.push(certificateSeen(next));
  }
  return chain;
}

function certificateSeen(certificate: X509Certificate): CertificateSeen {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const size = asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve;
  return {
    // Node gives one attribute a line.
    subject: certificate.subject.replaceAll("\n", ", "),
    issuer: certificate.issuer.replaceAll("\n", ", "),
    names: certificate.subjectAltName ?? "",
    validFromMs: Date.parse(certificate.validFrom),
    validToMs: Date.parse(certificate.validTo),
    keyKind: [asymmetricKeyType, size].filter((part) => part !== undefined).join(" "),
    fingerprint256: certificate.fingerprint256,
  };
}

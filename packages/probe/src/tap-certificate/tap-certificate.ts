/**
 * A small authority that lives as long as a tap, and a certificate of its own for the names that clients ask for. The
 * authority's key is kept nowhere. Loaded only where a tap speaks TLS with clients.
 */

// @peculiar/x509 finds its algorithms by metadata, and asks for this before itself.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

export interface TapCertificate {
  /** What clients have to trust, PEM. */
  readonly caPem: string;
  /** What they are shown, PEM. */
  readonly certPem: string;
  readonly keyPem: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
/** A day of 86,400,000 ms: longer than anybody watches. One before now, for clocks that are late. */
const dayMs = 86_400_000;

/** @param names Host names and IP addresses; duplicates are fine. */
export async function createTapCertificate(names: readonly string[], wallMs: number): Promise<TapCertificate> {
  const { subtle } = webcrypto;
  const make = (): Promise<webcrypto.CryptoKeyPair> =>
    subtle.generateKey(algorithm, true, ["sign", "verify"]) as Promise<webcrypto.CryptoKeyPair>;
  const [authority, leaf] = await Promise.all([make(), make()]);
  const times = { notBefore: new Date(wallMs - dayMs), notAfter: new Date(wallMs + dayMs) };
  const issuer = "CN=holdfast tap authority of one run";
  const ca = await X509CertificateGenerator.createSelfSigned({
    name: issuer,
    ...times,
    keys: authority,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const certificate = await X509CertificateGenerator.create({
    subject: "CN=holdfast tap",
    issuer,
    ...times,
    signingKey: authority.privateKey,
    publicKey: leaf.publicKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        [...new Set(names)].map((name) => ({
          type: isIP(name) === 0 ? ("dns" as const) : ("ip" as const),
          value: name,
        })),
      ),
    ],
  });
  const key = await subtle.exportKey("pkcs8", leaf.privateKey);
  return {
    caPem: ca.toString("pem"),
    certPem: certificate.toString("pem"),
    keyPem: PemConverter.encode(key, "PRIVATE KEY"),
  };
}

/**
 * Certificates of the world: readable JSON in place of PEM, so that a test sees what it says. Owns their text and the
 * two questions TLS asks of them: who signed it, and does it fit the name.
 */

import type { PeerIdentity } from "../host/host.ts";

export interface CertificateOptions {
  /** DNS names (`*.example.com` covers one label) and IP addresses. */
  readonly names: readonly string[];
  /** The authority that signs. Default: `"world"`. */
  readonly ca?: string;
  /** Default: the first name. */
  readonly subject?: string;
}

/** Goes where PEM goes: into the `cert`, `key` and `ca` of TLS options. */
export interface CertificateText {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

export interface Certificate {
  readonly subject: string;
  readonly names: readonly string[];
  readonly ca: string;
  readonly serial: number;
}

export function issueCertificate(options: CertificateOptions, serial: number): CertificateText {
  const ca = options.ca ?? "world";
  const subject = options.subject ?? options.names[0] ?? "nobody";
  const certificate: Certificate = { subject, names: options.names, ca, serial };
  return {
    cert: JSON.stringify(certificate),
    key: JSON.stringify({ keyOf: serial }),
    ca: JSON.stringify({ authority: ca }),
  };
}

/** `undefined` for what is no certificate of this world. */
export function parseCertificate(text: string): Certificate | undefined {
  const value = parse(text);
  if (value === undefined || !("names" in value) || !Array.isArray(value.names)) return undefined;
  const names: string[] = value.names.filter((name) => typeof name === "string");
  const subject = "subject" in value && typeof value.subject === "string" ? value.subject : "";
  const ca = "ca" in value && typeof value.ca === "string" ? value.ca : "";
  const serial = "serial" in value && typeof value.serial === "number" ? value.serial : 0;
  return { subject, names, ca, serial };
}

/** Whether this text (as in the `ca` option) is the authority that signed. */
export function signedBy(certificate: Certificate, ca: string | undefined): boolean {
  const value = ca === undefined ? undefined : parse(ca);
  return value !== undefined && "authority" in value && value.authority === certificate.ca;
}

export function fitsName(certificate: Certificate, name: string): boolean {
  const wanted = name.toLowerCase();
  // RFC 9525 §6.3: a wildcard stands for the whole leftmost label and no more.
  const wild = `*${wanted.slice(wanted.indexOf("."))}`;
  return certificate.names.some((held) => held.toLowerCase() === wanted || held.toLowerCase() === wild);
}

export function identity(certificate: Certificate): PeerIdentity {
  return {
    subject: `CN=${certificate.subject}`,
    subjectAltName: certificate.names.map((name) => `DNS:${name}`).join(", "),
    // A stand-in: unique to the certificate, and as long as it has to be.
    fingerprint256: certificate.serial.toString(16).padStart(64, "0"), // 32 bytes as hex digits
  };
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Owns a fresh self-signed certificate for 127.0.0.1 and localhost, made with nothing but node:crypto: a lab needs neither a
 * private key in the repository nor a tool on the machine. Not for use outside a lab.
 */

import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

export interface Certificate {
  readonly certPem: string;
  readonly keyPem: string;
}

/** The tags of X.690 that a certificate needs. */
const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

/** RFC 5280: the object identifiers, already in DER. */
const oid = {
  commonName: Buffer.from("0603550403", "hex"),
  basicConstraints: Buffer.from("0603551d13", "hex"),
  subjectAltName: Buffer.from("0603551d11", "hex"),
  ecdsaWithSha256: Buffer.from("06082a8648ce3d040302", "hex"),
} as const;

/** 24 hours of 3,600 s. */
const dayMs = 86_400_000;

export interface CertificateFlaw {
  /** What is wrong with it. */
  readonly flaw: "expired" | "wrong-name";
  /** Who signs it, so that only the flaw is wrong; from `createAuthority`. */
  readonly authority: Certificate;
}

/** Valid from yesterday for 30 days; P-256, signed by itself: a client that is given it as its authority trusts it. */
export function createCertificate(nowMs: number = Date.now()): Certificate {
  return selfSigned(nowMs, []);
}

/** The same, and it may sign others (`createFlawedCertificate`). Clients on rustls take no server's certificate that may. */
export function createAuthority(nowMs: number = Date.now()): Certificate {
  return selfSigned(nowMs, [authority()]);
}

function selfSigned(nowMs: number, also: readonly Buffer[]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const validity = [nowMs - dayMs, nowMs + 30 * dayMs] as const;
  const extensions = der(tag.sequence, ...also, alternativeNames(["localhost"], true));
  const certPem = signed({ name: "holdfast lab", validity, publicKey, extensions, signer: privateKey });
  return { certPem, keyPem: pemOf(privateKey) };
}

/** Signed by the authority and good, but for its flaw: a client says what is wrong, and nothing else. */
export function createFlawedCertificate({ flaw, authority }: CertificateFlaw, nowMs: number = Date.now()): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const until = flaw === "expired" ? nowMs - dayMs : nowMs + 30 * dayMs;
  const names =
    flaw === "wrong-name" ? alternativeNames(["elsewhere.test"], false) : alternativeNames(["localhost"], true);
  const certPem = signed({
    name: "holdfast lab, flawed",
    validity: [nowMs - 60 * dayMs, until],
    publicKey,
    extensions: der(tag.sequence, names),
    signer: createPrivateKey(authority.keyPem),
  });
  return { certPem, keyPem: pemOf(privateKey) };
}

interface ToSign {
  readonly name: string;
  readonly validity: readonly [fromMs: number, untilMs: number];
  readonly publicKey: KeyObject;
  readonly extensions: Buffer;
  readonly signer: KeyObject;
}

function signed({ name, validity, publicKey, extensions, signer }: ToSign): string {
  const algorithm = der(tag.sequence, oid.ecdsaWithSha256);
  const body = der(
    tag.sequence,
    der(0xa0, der(tag.integer, Buffer.from([2]))),
    der(tag.integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguishedName("holdfast lab"),
    der(tag.sequence, utcTime(validity[0]), utcTime(validity[1])),
    distinguishedName(name),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const signature = sign("sha256", body, signer);
  return pem(der(tag.sequence, body, algorithm, der(tag.bitString, Buffer.from([0]), signature)));
}

function distinguishedName(name: string): Buffer {
  return der(tag.sequence, der(tag.set, der(tag.sequence, oid.commonName, der(tag.utf8String, Buffer.from(name)))));
}

function pemOf(privateKey: KeyObject): string {
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** RFC 5280 §4.2.1.9: it may sign others. */
function authority(): Buffer {
  const isAuthority = der(tag.sequence, der(tag.boolean, Buffer.from([0xff])));
  return der(
    tag.sequence,
    oid.basicConstraints,
    der(tag.boolean, Buffer.from([0xff])),
    der(tag.octetString, isAuthority),
  );
}

/** RFC 5280 §4.2.1.6: dNSName is [2], iPAddress is [7]. */
function alternativeNames(hosts: readonly string[], withAddress: boolean): Buffer {
  const names = hosts.map((host) => der(0x82, Buffer.from(host)));
  if (withAddress) names.push(der(0x87, Buffer.from([127, 0, 0, 1])));
  return der(tag.sequence, oid.subjectAltName, der(tag.octetString, der(tag.sequence, ...names)));
}

function utcTime(timeMs: number): Buffer {
  const digits = new Date(timeMs).toISOString().replace(/\..*$/, "").replace(/[-:T]/g, "");
  return der(tag.utcTime, Buffer.from(`${digits.slice(2)}Z`));
}

function der(tagByte: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.byteLength;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tagByte, ...head]), content]);
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${lines.trimEnd()}\n-----END CERTIFICATE-----\n`;
}

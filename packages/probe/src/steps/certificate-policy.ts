/** What is wrong with the certificates that a server showed. Pure: time is given. A client decides the same way, in one word. */

import type { CertificateSeen, TlsSeen } from "../wire/index.ts";
import { doubtful, failed } from "./finding.ts";
import type { Finding } from "./step.ts";

export interface CertificateCase {
  readonly seen: Pick<TlsSeen, "chain" | "distrust" | "wrongName">;
  readonly serverName: string;
  /** Authorities were given, and so their word is final. */
  readonly hasOwnAuthorities: boolean;
  /** Now, Unix milliseconds. */
  readonly wallMs: number;
}

const dayMs = 86_400_000; // 24 hours
/** What is renewed by machines is renewed a third of its life ahead: under two weeks something has stopped. */
const soonMs = 14 * dayMs;

export function judgeCertificate(given: CertificateCase): Finding[] {
  const [leaf] = given.seen.chain;
  if (leaf === undefined) return [];
  const ages = given.seen.chain.flatMap((certificate, index) => judgeAge(certificate, index, given.wallMs));
  return [...ages, ...judgeName(given, leaf), ...judgeTrust(given, leaf, ages)];
}

function judgeAge(certificate: CertificateSeen, index: number, wallMs: number): Finding[] {
  const whose = index === 0 ? "The server's certificate" : `The certificate above it (${certificate.subject})`;
  const { validFromMs, validToMs } = certificate;
  if (validToMs < wallMs) {
    const text = `${whose} expired ${ago(wallMs - validToMs)} ago, on ${dayText(validToMs)}.`;
    return [
      failed(
        "certificate-expired",
        text,
        "Every client that checks certificates refuses it; renew it and reload the server.",
      ),
    ];
  }
  if (validFromMs > wallMs) {
    const text = `${whose} is valid only from ${dayText(validFromMs)}, ${ago(validFromMs - wallMs)} from now.`;
    return [
      failed("certificate-not-yet-valid", text, "Check the clocks of this machine and of the one that issued it."),
    ];
  }
  if (index === 0 && validToMs - wallMs < soonMs) {
    const text = `${whose} expires in ${ago(validToMs - wallMs)}, on ${dayText(validToMs)}.`;
    return [
      doubtful(
        "certificate-expires-soon",
        text,
        "Renewal should have happened by now; from that day on clients refuse the server.",
      ),
    ];
  }
  return [];
}

function judgeName({ seen, serverName }: CertificateCase, leaf: CertificateSeen): Finding[] {
  if (seen.wrongName === undefined) return [];
  const names = leaf.names === "" ? "no name at all" : leaf.names;
  const text = `The certificate is not for ${serverName}; it is for ${names}.`;
  return [
    failed(
      "certificate-wrong-name",
      text,
      "Clients that check the name refuse it: dial the server by a name of its certificate, set that name as authority, or have the name added.",
    ),
  ];
}

/** OpenSSL's words for a chain whose end is not among the authorities; the others are said as they are. */
const unknownIssuer = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function judgeTrust(given: CertificateCase, leaf: CertificateSeen, ages: readonly Finding[]): Finding[] {
  const { distrust } = given.seen;
  // Said already, in better words.
  if (distrust === undefined || (/EXPIRED|NOT_YET_VALID/.test(distrust) && ages.length > 0)) return [];
  const self = distrust === "DEPTH_ZERO_SELF_SIGNED_CERT";
  const issuer = self ? "it signed itself" : `its issuer is ${leaf.issuer}`;
  if (!unknownIssuer.has(distrust)) {
    const text = `The chain of certificates is not accepted: ${distrust}.`;
    return [
      failed("certificate-not-trusted", text, "OpenSSL gave this word; clients refuse the server for the same reason."),
    ];
  }
  if (given.hasOwnAuthorities) {
    const text = `The certificate does not lead to an authority of --ca: ${issuer} (${distrust}).`;
    return [
      failed(
        "certificate-not-trusted",
        text,
        "Clients with these authorities refuse it: the wrong CA file, or an intermediate certificate that the server does not send.",
      ),
    ];
  }
  const text = `This machine does not know who vouches for the certificate: ${issuer} (${distrust}).`;
  return [
    doubtful(
      "certificate-not-trusted",
      text,
      "Clients without that authority refuse it. Give --ca FILE with the one that your clients use, and it is judged by that.",
    ),
  ];
}

function dayText(ms: number): string {
  return Number.isNaN(ms) ? "an unreadable date" : new Date(ms).toISOString().slice(0, 10);
}

function ago(ms: number): string {
  const hours = Math.round(ms / 3_600_000); // ms in an hour
  if (hours < 48) return `${hours} h`;
  return `${Math.round(ms / dayMs)} days`;
}

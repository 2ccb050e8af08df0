import { describe, expect, it } from "vitest";
import { judgeCertificate, type CertificateCase } from "./certificate-policy.ts";

const dayMs = 86_400_000; // 24 hours
const wallMs = Date.UTC(2026, 10, 22);

function told(
  change: Partial<CertificateCase["seen"]> & { from?: number; to?: number; own?: boolean; aboveTo?: number },
): string[] {
  const { from = -10, to = 80, own = false, aboveTo, ...seen } = change;
  const certificate = (fromDays: number, toDays: number) => ({
    ...{ subject: "CN=shop", issuer: "CN=authority", names: "DNS:shop.example", keyKind: "ec", fingerprint256: "" },
    ...{ validFromMs: wallMs + fromDays * dayMs, validToMs: wallMs + toDays * dayMs },
  });
  const chain = [certificate(from, to), ...(aboveTo === undefined ? [] : [certificate(-1_000, aboveTo)])];
  return judgeCertificate({ seen: { chain, ...seen }, serverName: "shop.example", hasOwnAuthorities: own, wallMs }).map(
    ({ verdict, id, text }) => `${verdict} ${id}: ${text}`,
  );
}

describe("a certificate", () => {
  it("that a client takes is no finding", () => expect(told({})).toEqual([]));

  it("that nobody showed is none either", () => expect(told({ chain: [], distrust: "X" })).toEqual([]));

  it.each([
    [{ to: -1 }, "failed certificate-expired: The server's certificate expired 24 h ago, on 2026-11-21."],
    [{ to: -30 }, "failed certificate-expired: The server's certificate expired 30 days ago, on 2026-10-23."],
    [
      { aboveTo: -3 },
      "failed certificate-expired: The certificate above it (CN=shop) expired 3 days ago, on 2026-11-19.",
    ],
    [
      { from: 1 },
      "failed certificate-not-yet-valid: The server's certificate is valid only from 2026-11-23, 24 h from now.",
    ],
    [{ to: 13 }, "doubtful certificate-expires-soon: The server's certificate expires in 13 days, on 2026-12-05."],
    [
      { wrongName: "no" },
      "failed certificate-wrong-name: The certificate is not for shop.example; it is for DNS:shop.example.",
    ],
    [
      { distrust: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
      "doubtful certificate-not-trusted: This machine does not know who vouches for the certificate: its issuer is CN=authority (UNABLE_TO_VERIFY_LEAF_SIGNATURE).",
    ],
    [
      { distrust: "SELF_SIGNED_CERT_IN_CHAIN", own: true },
      "failed certificate-not-trusted: The certificate does not lead to an authority of --ca: its issuer is CN=authority (SELF_SIGNED_CERT_IN_CHAIN).",
    ],
    [
      { distrust: "CERT_REVOKED" },
      "failed certificate-not-trusted: The chain of certificates is not accepted: CERT_REVOKED.",
    ],
  ])("%j", (change, text) => expect(told(change)).toEqual([text]));

  it("that has 14 days left is left alone, and expiry is told once", () => {
    expect(told({ to: 14 })).toEqual([]);
    expect(told({ to: -1, distrust: "CERT_HAS_EXPIRED" })).toHaveLength(1);
  });
});

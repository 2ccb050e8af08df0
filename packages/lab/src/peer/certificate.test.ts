import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createAuthority, createCertificate, createFlawedCertificate } from "./certificate.ts";

describe("createCertificate", () => {
  it("makes one that a strict reader accepts, for 127.0.0.1 and localhost, from yesterday for 30 days", () => {
    const now = Date.UTC(2026, 0, 31, 12);
    const { certPem } = createCertificate(now);
    const certificate = new X509Certificate(certPem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(certificate.checkHost("localhost")).toBe("localhost");
    expect(certificate.checkHost("example.com")).toBeUndefined();
    expect(certificate.ca).toBe(false); // rustls takes no authority for a server
    expect(Date.parse(certificate.validFrom)).toBe(Date.UTC(2026, 0, 30, 12));
    expect(Date.parse(certificate.validTo)).toBe(Date.UTC(2026, 2, 2, 12));
  });

  it("makes an authority that signs flawed ones", () => {
    const authority = createAuthority();
    const issuer = new X509Certificate(authority.certPem);
    expect(issuer.ca).toBe(true);
    const flawed = new X509Certificate(createFlawedCertificate({ flaw: "expired", authority }).certPem);
    expect(flawed.verify(issuer.publicKey)).toBe(true);
    expect(flawed.checkIssued(issuer)).toBe(true);
    expect(Date.parse(flawed.validTo)).toBeLessThan(Date.now());
  });

  it("makes another each time", () => {
    const serials = Array.from({ length: 3 }, () => new X509Certificate(createCertificate().certPem).serialNumber);
    expect(new Set(serials).size).toBe(3);
  });
});

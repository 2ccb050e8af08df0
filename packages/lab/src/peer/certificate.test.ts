import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createCertificate } from "./certificate.ts";

describe("createCertificate", () => {
  it("makes one that a strict reader accepts, for 127.0.0.1 and localhost, from yesterday for 30 days", () => {
    const now = Date.UTC(2026, 0, 31, 12);
    const { certPem } = createCertificate(now);
    const certificate = new X509Certificate(certPem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(certificate.checkHost("localhost")).toBe("localhost");
    expect(certificate.checkHost("example.com")).toBeUndefined();
    expect(certificate.ca).toBe(true);
    expect(Date.parse(certificate.validFrom)).toBe(Date.UTC(2026, 0, 30, 12));
    expect(Date.parse(certificate.validTo)).toBe(Date.UTC(2026, 2, 2, 12));
  });

  it("makes another each time", () => {
    const serials = Array.from({ length: 3 }, () => new X509Certificate(createCertificate().certPem).serialNumber);
    expect(new Set(serials).size).toBe(3);
  });
});

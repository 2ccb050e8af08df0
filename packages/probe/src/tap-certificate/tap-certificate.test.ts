import { X509Certificate } from "node:crypto";
import { connect, createServer } from "node:tls";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { createTapCertificate } from "./tap-certificate.ts";

it("is believed by whoever trusts its authority, for its names and no others", async () => {
  const { caPem, certPem, keyPem } = await createTapCertificate(
    ["localhost", "shop.test", "127.0.0.1", "::1", "localhost"],
    Date.now(),
  );
  const certificate = new X509Certificate(certPem);
  expect(certificate.verify(new X509Certificate(caPem).publicKey)).toBe(true);
  expect(["localhost", "shop.test"].map((name) => certificate.checkHost(name))).toEqual(["localhost", "shop.test"]);
  expect(["127.0.0.1", "::1"].map((ip) => certificate.checkIP(ip))).toEqual(["127.0.0.1", "::1"]);
  expect(certificate.checkHost("other.test")).toBeUndefined();
  expect(certificate.ca).toBe(false);
  const server = createServer({ cert: certPem, key: keyPem }, (socket) => socket.end("hello"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: "127.0.0.1", port, ca: caPem, servername: "shop.test" });
  await once(socket, "secureConnect");
  expect(socket.authorized).toBe(true);
  socket.destroy();
  server.close();
});

/** nginx and HAProxy read the configurations that are written for them, whatever the facts. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createCertificate } from "../../../lab/src/peer/certificate.ts";
import { describeWith } from "../../../grpc/test/peers/echo/present.ts";
import { runPeer } from "../../../grpc/test/peers/echo/peer-program.ts";
import { freePort } from "./free-port.ts";
import { nginxVersion } from "./nginx-version.ts";
import { variedFacts, writtenFolder } from "./written.ts";

const written = writtenFolder();
afterAll(() => written.remove());

/** The certificate's files, where the configuration is told that they are. */
function withCertificate(file: string): { readonly cert: string; readonly key: string; readonly pem: string } {
  const { certPem, keyPem } = createCertificate();
  const at = (name: string): string => join(dirname(file), name);
  writeFileSync(at("tls.crt"), certPem);
  writeFileSync(at("tls.key"), keyPem);
  writeFileSync(at("tls.pem"), certPem + keyPem);
  return { cert: at("tls.crt"), key: at("tls.key"), pem: at("tls.pem") };
}

describeWith("nginx", ["nginx", "-v"])("nginx", () => {
  it.each(variedFacts.map((facts, index) => [index, facts] as const))(
    "takes its configuration, facts %i",
    async (_, facts) => {
      const { cert, key } = withCertificate(written.file("nginx", { ...facts, hops: "go,nginx,go" }));
      const port = await freePort();
      const file = written.file("nginx", { ...facts, hops: `go,nginx@${nginxVersion()},go` }, (text) =>
        text
          .replaceAll("grpc-go.example:50051", "127.0.0.1:1")
          .replaceAll(/listen (50051|443)/g, `listen 127.0.0.1:${port}`)
          .replaceAll("/etc/nginx/tls.crt", cert)
          .replaceAll("/etc/nginx/tls.key", key),
      );
      const { status, out } = await runPeer(
        {},
        "nginx",
        "-t",
        "-p",
        dirname(file),
        "-e",
        "stderr",
        "-g",
        `pid ${dirname(file)}/pid;`,
        "-c",
        file,
      );
      expect(out).not.toContain("[warn]");
      expect([status, out]).toEqual([0, expect.stringContaining("syntax is ok")]);
    },
  );
});

describeWith("HAProxy", ["haproxy", "-v"])("HAProxy", () => {
  it.each(variedFacts.map((facts, index) => [index, facts] as const))(
    "takes its configuration, facts %i",
    async (_, facts) => {
      const { pem } = withCertificate(written.file("haproxy", { ...facts, hops: "go,haproxy,go" }));
      const file = written.file("haproxy", { ...facts, hops: "go,haproxy,go" }, (text) =>
        text.replaceAll("grpc-go.example:50051", "127.0.0.1:1").replaceAll("/etc/haproxy/tls.pem", pem),
      );
      const { status, out } = await runPeer({}, "haproxy", "-c", "-f", file);
      expect([status, out]).toEqual([0, expect.stringContaining("Configuration file is valid")]);
      expect(out).not.toContain("[WARNING]");
    },
  );
});

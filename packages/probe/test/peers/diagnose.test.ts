/**
 * `diagnose` against servers and proxies of other people: each verdict is what a person who reads the frames would say.
 * Prints the table; HOLDFAST_SHOW=1 prints the reports as well.
 */

import * as grpc from "@grpc/grpc-js";
import { foldText } from "@holdfast/catalog/fold-text";
import { createServer } from "@holdfast/grpc/server";
import { createCertificate } from "@holdfast/lab";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttp1 } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPeer, servingPeer } from "../../../grpc/test/peers/echo/peer-program.ts";
import { describeWith } from "../../../grpc/test/peers/echo/present.ts";
import { diagnose, type Diagnosis, diagnosisText, type ProbeTarget } from "../../src/index.ts";
import { plainScreen } from "../plain-screen.ts";
import { scriptedServer } from "../scripted-server.ts";
import { freePort, startHaproxy, startNginx } from "./proxies.ts";

/** Debian's own, whose package python3-grpcio reaches no other Python. */
const python = process.env["HOLDFAST_PYTHON"] ?? "/usr/bin/python3";
/** The first build on a machine fetches and compiles all of grpc-go. */
const buildLimitMs = 300_000;

const rows: string[] = [];
const open: { close(): unknown }[] = [];
const { certPem: cert, keyPem: key } = createCertificate();
const healthPath = "/grpc.health.v1.Health/Check";

afterAll(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  process.stdout.write(`\n${rows.join("\n")}\n`);
});

async function looked(what: string, port: number, target: Partial<ProbeTarget> = {}): Promise<Diagnosis> {
  const diagnosis = await diagnose({
    host: "127.0.0.1",
    port,
    security: "auto",
    service: "",
    answerMs: 2_000,
    ...target,
  });
  if (process.env["HOLDFAST_SHOW"] !== undefined)
    process.stdout.write(`\n=== ${what}\n${diagnosisText(diagnosis, plainScreen(foldText))}`);
  const verdicts = diagnosis.steps.map(
    ({ verdict }) => ({ well: "ok", skipped: "--", doubtful: "??", failed: "!!" })[verdict],
  );
  const found = diagnosis.steps.flatMap(({ findings }) => findings.map(({ id }) => id));
  rows.push(`| ${what.padEnd(44)} | ${verdicts.join(" ")} | ${diagnosis.verdict.padEnd(8)} | ${found.join(", ")} |`);
  return diagnosis;
}

function found({ steps }: Diagnosis): string[] {
  return steps.flatMap(({ findings }) => findings.map(({ id }) => id));
}

function keep<T extends { close(): unknown }>(one: T): T {
  open.push(one);
  return one;
}

function isThere(program: string): boolean {
  return spawnSync(program, ["-v"], { stdio: "ignore" }).status === 0;
}

async function grpcJs(credentials: grpc.ServerCredentials, withHealth: boolean): Promise<number> {
  const server = new grpc.Server();
  const same = (bytes: Buffer): Buffer => bytes;
  const codec = {
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
  const check = { path: healthPath, requestStream: false, responseStream: false, ...codec };
  const answer: grpc.handleUnaryCall<Buffer, Buffer> = (_, done) => done(null, Buffer.from([8, 1]));
  if (withHealth) server.addService({ check }, { check: answer });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error === null ? resolve(bound) : reject(error))),
  );
  open.push({ close: () => server.forceShutdown() });
  return port;
}

describe("in this process", () => {
  it("our server", async () => {
    const server = keep(createServer()).addMethod(healthPath, "unary", () => Uint8Array.of(8, 1));
    const { port } = await server.listen({ host: "127.0.0.1", port: 0 });
    const diagnosis = await looked("Holdfast's server, plain, without reflection", port);
    expect(found(diagnosis)).toEqual([]);
    expect(diagnosis.verdict).toBe("well");
  });

  it("grpc-js with TLS, without health", async () => {
    const pair = { private_key: Buffer.from(key), cert_chain: Buffer.from(cert) };
    const port = await grpcJs(grpc.ServerCredentials.createSsl(null, [pair]), false);
    expect(found(await looked("grpc-js with TLS, without health", port, { ca: cert }))).toEqual(["health-not-offered"]);
    expect(found(await looked("the same, asked in plain text", port, { security: "plain" }))).toEqual([
      "tls-where-plain-was-asked",
      "certificate-not-trusted",
      "health-not-offered",
    ]);
  });

  it("our server with an expired certificate", async () => {
    const monthsAgoMs = Date.now() - 5_184_000_000; // 60 days
    const old = createCertificate(monthsAgoMs);
    const server = keep(createServer()).addMethod(healthPath, "unary", () => Uint8Array.of(8, 1));
    const { port } = await server.listen(
      { host: "127.0.0.1", port: 0 },
      { tls: { cert: old.certPem, key: old.keyPem } },
    );
    expect(found(await looked("an expired certificate", port, { ca: old.certPem }))).toEqual(["certificate-expired"]);
  });

  it("an HTTP/1.1 server, a black hole, a closed port", async () => {
    const http1 = createHttp1((_, response) => response.end("hello"));
    await new Promise<void>((resolve) => http1.listen(0, "127.0.0.1", resolve));
    open.push({ close: () => http1.close() });
    expect(found(await looked("an HTTP/1.1 server (node:http)", (http1.address() as AddressInfo).port))).toEqual([
      "http1-peer",
    ]);
    const hole = keep(await scriptedServer(() => undefined));
    expect(found(await looked("a black hole: accepts, says nothing", hole.port))).toEqual(["accepted-and-silent"]);
    expect(found(await looked("a closed port", await freePort()))).toEqual(["port-refused"]);
  });
});

/** What stands behind the proxies: each with health, without reflection. */
const backs: { readonly name: string; readonly start: () => Promise<number> }[] = [
  {
    name: "Holdfast's server",
    start: async () => {
      const server = keep(createServer()).addMethod(healthPath, "unary", () => Uint8Array.of(8, 1));
      return (await server.listen({ host: "127.0.0.1", port: 0 })).port;
    },
  },
  { name: "grpc-js", start: () => grpcJs(grpc.ServerCredentials.createInsecure(), true) },
];

describe.each([
  { proxy: "nginx", program: "nginx", start: startNginx },
  { proxy: "HAProxy", program: "haproxy", start: startHaproxy },
])("$proxy in front", ({ proxy, program, start }) => {
  describeWith(proxy, [program, "-v"])("of servers in this process", () => {
    it.each(backs)("of $name", async ({ name, start: startBack }) => {
      const front = keep(await start(await startBack()));
      expect(found(await looked(`${proxy} in front of ${name}`, front.port))).toEqual([]);
    });
  });
});

describeWith("grpcio", [python, "-c", "import grpc"])("grpcio", () => {
  it("with health, without reflection", async () => {
    const peer = keep(await servingPeer(python, fileURLToPath(new URL("grpcio.py", import.meta.url))));
    const diagnosis = await looked("grpcio, plain, without reflection", peer.port);
    expect(found(diagnosis)).toEqual([]);
    expect(diagnosis.steps[5]?.verdict).toBe("skipped");
    for (const [name, start] of [
      ["nginx", startNginx],
      ["HAProxy", startHaproxy],
    ] as const) {
      if (!isThere(name.toLowerCase())) continue;
      const front = keep(await start(peer.port));
      expect(found(await looked(`${name} in front of grpcio`, front.port))).toEqual([]);
    }
  });
});

describeWith("Go", ["go", "version"])("grpc-go", () => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-probe-go-"));
  const program = join(folder, "server");
  let port = 0;

  beforeAll(async () => {
    const source = fileURLToPath(new URL("grpc-go", import.meta.url));
    const { status, out } = await runPeer(
      { limitMs: buildLimitMs },
      ...["go", "build", "-C", source, "-mod=readonly", "-buildvcs=false", "-o", program, "."],
    );
    if (status !== 0) throw new Error(`go build: ${out}`);
    ({ port } = keep(await servingPeer(program)));
  }, buildLimitMs);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("with health and reflection", async () => {
    const diagnosis = await looked("grpc-go, plain, health and reflection", port);
    expect(found(diagnosis)).toEqual([]);
    expect(diagnosis.steps[5]?.facts).toContainEqual({
      name: "grpc.health.v1.Health",
      value: expect.stringMatching(/^Check(, List)?, Watch \(server streams\)/) as string,
    });
  });

  it("a service that is not serving, and one that it does not know", async () => {
    expect(found(await looked("grpc-go, --service shop.Shop (NOT_SERVING)", port, { service: "shop.Shop" }))).toEqual([
      "not-serving",
    ]);
    expect(found(await looked("grpc-go, --service unknown.Service", port, { service: "unknown.Service" }))).toEqual([
      "service-not-known",
    ]);
  });

  it("over TLS, and bare", async () => {
    writeFileSync(join(folder, "cert.pem"), cert);
    writeFileSync(join(folder, "key.pem"), key);
    const secure = keep(await servingPeer(program, join(folder, "cert.pem"), join(folder, "key.pem")));
    expect(found(await looked("grpc-go with TLS", secure.port, { ca: cert, security: "tls" }))).toEqual([]);
    const bare = keep(await servingPeer(program, "--bare"));
    expect(found(await looked("grpc-go without health and reflection", bare.port))).toEqual(["health-not-offered"]);
  });

  describeWith("nginx", ["nginx", "-v"])("nginx in front", () => {
    it("of grpc-go, and of nobody", async () => {
      const front = keep(await startNginx(port));
      const diagnosis = await looked("nginx in front of grpc-go", front.port);
      expect(found(diagnosis)).toEqual([]);
      expect(diagnosis.steps[4]?.facts).toContainEqual({
        name: "server",
        value: expect.stringMatching(/^nginx/) as string,
      });
      const alone = keep(await startNginx(await freePort()));
      expect(found(await looked("nginx in front of a closed port", alone.port))).toEqual(["http-error", "http-error"]);
    });
  });

  describeWith("HAProxy", ["haproxy", "-v"])("HAProxy in front", () => {
    it("of grpc-go, and of nobody", async () => {
      const front = keep(await startHaproxy(port));
      expect(found(await looked("HAProxy in front of grpc-go", front.port))).toEqual([]);
      const alone = keep(await startHaproxy(await freePort()));
      expect(found(await looked("HAProxy in front of a closed port", alone.port, { answerMs: 5_000 }))).toEqual([
        "http-error",
        "http-error",
      ]);
    });
  });
});

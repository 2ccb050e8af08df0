/**
 * Makes `test/fuzz/recordings`: what real clients and servers say to each other, byte for byte, caught by a relay between them.
 * Run by hand (`node packages/lab/dist/fuzz/record/main.js`) when a peer is to be added; needs nghttp, nghttpd and h2load.
 */

import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import http2 from "node:http2";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";

const folder = new URL("../../../test/fuzz/recordings/", import.meta.url);
const run = promisify(execFile);
/** Longer than any of the conversations; whatever is left is ended. */
const mostMs = 20_000;

type Talk = (port: number) => Promise<void>;

/** Runs a conversation through a relay, and writes both of its halves. Of several connections the first is kept. */
async function record(name: string, serverPort: number, talk: Talk): Promise<void> {
  const heard = { client: [] as Buffer[], server: [] as Buffer[] };
  let isFirst = true;
  const relay = net.createServer((client) => {
    const server = net.connect(serverPort, "127.0.0.1");
    if (isFirst) {
      client.on("data", (bytes: Buffer) => heard.client.push(bytes));
      server.on("data", (bytes: Buffer) => heard.server.push(bytes));
    }
    isFirst = false;
    client.pipe(server).pipe(client);
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
  });
  const port = await listen(relay);
  await talk(port);
  relay.close();
  for (const [from, parts] of Object.entries(heard)) {
    const lines =
      Buffer.concat(parts)
        .toString("hex")
        .match(/.{1,120}/g) ?? [];
    fs.writeFileSync(new URL(`${name}.${from}.hex`, folder), `${lines.join("\n")}\n`);
  }
}

function listen(server: net.Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

async function grpcJs(): Promise<void> {
  const bytes = (body: Buffer): Buffer => body;
  const method = (name: string, isStream: boolean): grpc.MethodDefinition<Buffer, Buffer> => ({
    path: `/shop.v1.Orders/${name}`,
    requestStream: isStream,
    responseStream: isStream,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  });
  const definition = { get: method("Get", false), watch: method("Watch", true) };
  const server = new grpc.Server();
  server.addService(definition, {
    get: (call: grpc.ServerUnaryCall<Buffer, Buffer>, done: grpc.sendUnaryData<Buffer>) => {
      if (call.request.length > 0) done(null, call.request);
      else done({ code: grpc.status.NOT_FOUND, details: "no such order" });
    },
    watch: (call: grpc.ServerDuplexStream<Buffer, Buffer>) =>
      call.on("data", (body: Buffer) => call.write(body)).on("end", () => call.end()),
  });
  const credentials = grpc.ServerCredentials.createInsecure();
  const port = await promisify(server.bindAsync.bind(server))("127.0.0.1:0", credentials);
  await record("grpc-js", port, async (relay) => {
    const client = new grpc.Client(`127.0.0.1:${relay}`, grpc.credentials.createInsecure());
    for (const body of ["order 1", "", "order 3"]) {
      await new Promise<void>((resolve) => {
        client.makeUnaryRequest(
          definition.get.path,
          bytes,
          bytes,
          Buffer.from(body),
          { deadline: Date.now() + mostMs },
          () => resolve(),
        );
      });
    }
    const stream = client.makeBidiStreamRequest(definition.watch.path, bytes, bytes);
    for (let i = 0; i < 3; i++) stream.write(Buffer.alloc(500, i));
    stream.on("data", () => undefined).end();
    await new Promise((resolve) => stream.on("status", resolve));
    server.tryShutdown(() => undefined);
    await sleep(100);
    client.close();
  });
  server.forceShutdown();
}

async function nodeHttp2(): Promise<void> {
  const server = http2.createServer();
  server.on("stream", (stream, headers) => {
    stream.additionalHeaders({ ":status": 103, link: "</style.css>" });
    stream.respond({ ":status": 200, "content-type": "text/plain" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "x-count": "1" }));
    stream.end(`${headers[":path"] ?? ""} `.repeat(100));
  });
  server.on("session", (session) => session.ping(() => undefined));
  await record("node-http2", await listen(server as unknown as net.Server), async (port) => {
    const session = http2.connect(`http://127.0.0.1:${port}`);
    for (const path of ["/a", "/b"]) {
      const stream = session.request({ ":path": path, ":method": "POST", cookie: "a=b; c=d" });
      stream.resume().end("hello");
      await new Promise((resolve) => stream.on("close", resolve));
    }
    session
      .request({ ":path": "/c" })
      .on("error", () => undefined)
      .close(http2.constants.NGHTTP2_CANCEL);
    session.settings({ initialWindowSize: 1_000, headerTableSize: 0 });
    await sleep(100);
    await new Promise<void>((resolve) => session.close(resolve));
  });
  server.close();
}

async function nghttp(): Promise<void> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-record-"));
  fs.writeFileSync(`${root}/file`, "x".repeat(3_000));
  const port = await listen(net.createServer()).then((free) => free + 1);
  const server = spawn("nghttpd", ["--no-tls", "-d", root, "-a", "127.0.0.1", String(port)], {
    stdio: "ignore",
    timeout: mostMs,
  });
  await sleep(500);
  const options = { timeout: mostMs };
  await record("nghttp", port, async (relay) => {
    await run(
      "nghttp",
      ["-n", "-p", "16", "--continuation", `http://127.0.0.1:${relay}/file`, `http://127.0.0.1:${relay}/none`],
      options,
    );
  });
  await record("h2load", port, async (relay) => {
    await run("h2load", ["-n", "4", "-c", "1", "-m", "2", "-w", "16", `http://127.0.0.1:${relay}/file`], options);
  });
  server.kill();
  fs.rmSync(root, { recursive: true });
}

await grpcJs();
await nodeHttp2();
await nghttp();
process.exit();

/**
 * What a tap says of other people's traffic is what tshark says of the same bytes, frame by frame and field by field:
 * grpc-js, gRPC C core and grpc-go call our server, and we call grpc-go's, over 10,000 frames in all.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { credentials, makeGenericClientConstructor, Metadata } from "@grpc/grpc-js";
import { createChannel } from "@holdfast/grpc";
import { nodeHost } from "@holdfast/grpc/host";
import { createServer } from "@holdfast/grpc/server";
import type { WatchedFrame } from "@holdfast/grpc/watch";
import { captureHead, CapturedConnection, createTap, type TapEvent } from "@holdfast/probe/tap";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addEcho, echoPath } from "../../../grpc/test/peers/echo/echo-service.ts";
import { bytesValue } from "../../../grpc/test/peers/echo/our-client.ts";
import { factsOf, servingPeer } from "../../../grpc/test/peers/echo/peer-program.ts";
import { describeWith } from "../../../grpc/test/peers/echo/present.ts";
import { type BuiltPeer, buildGrpcGo, buildLimitMs } from "../../../grpc/test/peers/grpc-go/build.ts";
import { tsharkLines } from "./tshark-lines.ts";

const python = process.env["HOLDFAST_PYTHON"] ?? "/usr/bin/python3";
const grpcio = fileURLToPath(new URL("../../../grpc/test/peers/grpcio/peer.py", import.meta.url));

/** Everything a tap saw, and the same bytes as a capture. */
class Watched {
  readonly frames: { readonly way: string; readonly frame: WatchedFrame }[] = [];
  readonly packets: Uint8Array[] = [captureHead()];
  readonly #ways = new Map<number, Record<"client" | "server", string>>();
  readonly #captured = new Map<number, CapturedConnection>();
  #serverPort = 0;

  /** Lets `use` talk with the server at `port` through a tap. */
  async through(port: number, use: (tappedPort: number) => Promise<unknown>): Promise<void> {
    this.#serverPort = port;
    const host = nodeHost();
    await new Promise<void>((resolve, reject) => {
      const options = { listen: { kind: "tcp", host: "127.0.0.1", port: 0 }, to: { host: "127.0.0.1", port } } as const;
      const tap = createTap(
        host,
        { ...options, secrets: "shown" },
        {
          onEvent: (event) => {
            this.#note(event);
            if (event.kind !== "listening") return;
            use(Number(event.address.split(":").at(-1))).then(() => tap.stop(), reject);
          },
          onBytes: (connection, from, bytes) => {
            const packets = this.#captured.get(connection)?.bytes(host.wallMs(), from, bytes);
            if (packets !== undefined) this.packets.push(packets);
          },
          onClosed: () => resolve(),
        },
      );
    });
    this.#ways.clear();
  }

  #note(event: TapEvent): void {
    if (event.kind === "opened") {
      const clientPort = Number(event.client.split(":").at(-1));
      const [client, server] = [`${clientPort} to ${this.#serverPort}`, `${this.#serverPort} to ${clientPort}`];
      this.#ways.set(event.connection, { client, server });
      const ends = {
        client: { host: "127.0.0.1", port: clientPort },
        server: { host: "127.0.0.1", port: this.#serverPort },
      };
      const captured = new CapturedConnection(ends);
      this.#captured.set(event.connection, captured);
      this.packets.push(captured.open(event.wallMs));
    }
    if (event.kind !== "frame") return;
    const way = this.#ways.get(event.connection)?.[event.frame.from] ?? "";
    this.frames.push({ way, frame: event.frame });
  }
}

/** The same words as `tsharkLines`, out of what the tap saw. */
function tapLinesOf(frame: WatchedFrame): string {
  const head = `${frame.type} flags=${frame.flags} stream=${frame.streamId} length=${frame.length}`;
  switch (frame.kind) {
    case "data":
      return `${head} pad=${frame.padBytes ?? 0}`;
    case "headers": {
      const { priority, fields = [["unreadable", frame.unreadable ?? ""]] } = frame;
      const weight = priority === undefined ? "" : ` weight=${priority.weight} under=${priority.dependsOn}`;
      return `${head} pad=${frame.padBytes ?? 0}${weight} ${fields.map((pair) => pair.join("=")).join("|")}`;
    }
    case "settings":
      return `${head} ${frame.settings.map((pair) => pair.join("=")).join("|")}`;
    case "ping":
      return `${head} ${frame.opaque}`;
    case "goaway":
      return `${head} ${frame.code} last=${frame.lastStreamId} ${frame.debugData}`;
    case "rst-stream":
      return `${head} ${frame.code}`;
    case "window-update":
      return `${head} ${frame.increment}`;
    // None of these peers sends them; one that does is shown as a difference.
    case "priority":
    case "push-promise":
    case "continuation":
    case "unknown":
    case "malformed":
      return `${head} ${frame.kind}`;
  }
}

/** The first frame of a direction that the two tell differently. */
function differences(way: string, ours: readonly string[], theirs: readonly string[]): string[] {
  const at = Array.from({ length: Math.max(ours.length, theirs.length) }).findIndex((_, i) => ours[i] !== theirs[i]);
  if (at < 0) return [];
  return [`${way}, frame ${at} of ${ours.length} and ${theirs.length}: "${ours[at]}", tshark has "${theirs[at]}"`];
}

const present = ["sh", "-c", `tshark --version && go version && ${python} -c 'import grpc'`] as const;

describeWith("tshark, Go and grpcio", present)("what a tap says", () => {
  const watched = new Watched();
  const ports: number[] = [];
  let go: BuiltPeer;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "holdfast-tap-"));
    go = await buildGrpcGo();
    for (const use of [callFromGrpcJs, callFromGrpcio, callFromGo]) {
      const server = addEcho(createServer({ onError: () => {}, drain: { graceMs: 2_000 } }));
      const { port } = await server.listen("127.0.0.1:0");
      ports.push(port);
      await watched.through(port, async (tapped) => {
        await use(tapped);
        await server.drain();
      });
    }
    const serving = await servingPeer(go.program, "serve");
    ports.push(serving.port);
    await watched.through(serving.port, callFromUs);
    await serving.close();
  }, buildLimitMs);
  afterAll(() => {
    go.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const callFromGo = async (port: number): Promise<void> => {
    await factsOf(go.program, "call", `127.0.0.1:${port}`);
    await factsOf(go.program, "load", `127.0.0.1:${port}`, "800");
  };

  it("is what tshark says of the same bytes, in over 10,000 frames", () => {
    const file = join(folder, "all.pcap");
    writeFileSync(file, Buffer.concat(watched.packets));
    const theirs = tsharkLines(file, ports);
    const ours = new Map<string, string[]>();
    for (const { way, frame } of watched.frames) ours.set(way, [...(ours.get(way) ?? []), tapLinesOf(frame)]);
    expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
    expect([...ours].flatMap(([way, lines]) => differences(way, lines, theirs.get(way) ?? []))).toEqual([]);
    const count = watched.frames.length;
    const types = [...new Set(watched.frames.map(({ frame }) => frame.type))].sort();
    console.log(`${count} frames of ${ours.size / 2} connections are the same: ${types.join(", ")}`);
    expect(count).toBeGreaterThan(10_000);
    expect(types).toEqual(["DATA", "GOAWAY", "HEADERS", "PING", "RST_STREAM", "SETTINGS", "WINDOW_UPDATE"]);
  }, 120_000);
});

async function callFromGrpcio(port: number): Promise<void> {
  await factsOf(python, grpcio, "call", `127.0.0.1:${port}`);
  await factsOf(python, grpcio, "load", `127.0.0.1:${port}`, "800");
}

/** 800 calls of different fields, 20 at a time, one large, one cancelled. */
async function callFromGrpcJs(port: number): Promise<void> {
  const Client = makeGenericClientConstructor({}, "Echo");
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const same = (bytes: Buffer): Buffer => bytes;
  const call = (fields: Record<string, string | Buffer>, bytes: number): Promise<unknown> => {
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(fields)) metadata.set(name, value);
    const message = Buffer.from(bytesValue("x".repeat(bytes)));
    return new Promise((resolve) => {
      client.makeUnaryRequest(
        echoPath("Unary"),
        same,
        same,
        message,
        metadata,
        { deadline: Date.now() + 5_000 },
        resolve,
      );
    });
  };
  await call({ "x-text": "large" }, 500_000);
  for (let i = 0; i < 800; i += 20) {
    const fields = (n: number) => ({
      "x-text": `text ${i % 7}`,
      "x-data-bin": Buffer.from([n, i & 255]),
      "x-request": `r-${i + n}`,
    });
    await Promise.all(Array.from({ length: 20 }, (_, n) => call(fields(n), 10 * n)));
  }
  await call({ "x-do": "fail" }, 3);
  await new Promise((resolve) => {
    const metadata = new Metadata();
    metadata.set("x-do", "hang");
    client.makeUnaryRequest(
      echoPath("Unary"),
      same,
      same,
      Buffer.alloc(2),
      metadata,
      { deadline: Date.now() + 300 },
      resolve,
    );
  });
  client.close();
}

/** Our client with a server of other people. */
async function callFromUs(port: number): Promise<void> {
  const channel = createChannel(`127.0.0.1:${port}`);
  for (let i = 0; i < 100; i++) {
    const metadata = { "x-text": `text ${i}`, authorization: `Bearer number-${i}` };
    await channel.unary(echoPath("Unary"), bytesValue("y".repeat(i)), { metadata, timeoutMs: 5_000 });
  }
  const hang = { metadata: { "x-do": "hang" }, timeoutMs: 200 };
  await channel.unary(echoPath("Unary"), bytesValue("z"), hang).catch(() => undefined);
  await channel.close();
}

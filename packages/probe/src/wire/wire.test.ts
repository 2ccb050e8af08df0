/** A wire against a server of ours: plain, over TLS, and in a simulated world; what it meets and how it ends. */

import { nodeHost } from "@holdfast/grpc/host";
import { createServer, type Server } from "@holdfast/grpc/server";
import { createWorld } from "@holdfast/grpc/sim";
import { createCertificate } from "@holdfast/lab";
import { afterEach, describe, expect, it } from "vitest";
import { scriptedServer } from "../../test/scripted-server.ts";
import { openWire, type WireOptions } from "./index.ts";

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const path = "/grpc.health.v1.Health/Check";
const serving = Uint8Array.of(8, 1);

function withHealth(server: Server): Server {
  return server.addMethod(path, "unary", () => serving);
}

async function ourServer(tls?: { cert: string; key: string }): Promise<number> {
  const server = withHealth(createServer());
  open.push(server);
  const { port } = await server.listen({ host: "127.0.0.1", port: 0 }, tls === undefined ? {} : { tls });
  return port;
}

function wire(port: number, options: Partial<WireOptions> = {}) {
  const opened = openWire({ host: "localhost", resolve: "127.0.0.1", port, ...options });
  open.push(opened);
  return opened;
}

describe("an open wire", () => {
  it("shows SETTINGS, a PING, a call and every frame of them", async () => {
    const port = await ourServer();
    const one = wire(port);
    expect(await one.opened).toEqual({ kind: "open" });
    expect(one.met.attempts).toMatchObject([{ address: "127.0.0.1", outcome: "connected" }]);
    expect(one.met.settings?.values.map(([name]) => name)).toContain("MAX_CONCURRENT_STREAMS");
    expect(await one.ping()).toMatchObject({ kind: "answered" });
    const outcome = await one.call({ path, messages: [new Uint8Array()] }).done;
    expect(outcome).toMatchObject({ streamId: 1, end: { kind: "complete" }, status: { code: 0 } });
    expect(outcome.messages.map((message) => [...message])).toEqual([[...serving]]);
    const seen = one.log.frames.map(({ from, kind }) => `${from} ${kind}`);
    expect(seen.slice(0, 2)).toEqual(["client settings", "client window-update"]);
    expect(seen).toEqual(
      expect.arrayContaining(["server settings", "client ping", "server ping", "client headers", "server headers"]),
    );
    const request = one.log.frames.find(({ from, kind }) => from === "client" && kind === "headers");
    expect(request).toMatchObject({ fields: expect.arrayContaining([[":path", path]]) as string[][] });
    expect(await one.close()).toMatchObject({ kind: "closed-by-us", goaways: [] });
  });

  it("sees inside TLS, and who is there, trusted or not", async () => {
    const { certPem, keyPem } = createCertificate();
    const port = await ourServer({ cert: certPem, key: keyPem });
    const one = wire(port, { tls: { serverName: "localhost" } });
    expect(await one.opened).toEqual({ kind: "open" });
    expect(one.met.tls).toMatchObject({ version: "TLSv1.3", alpn: "h2", distrust: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    expect(one.met.tls?.chain).toMatchObject([
      { names: "DNS:localhost, IP Address:127.0.0.1", keyKind: "ec prime256v1" },
    ]);
    expect(one.met.tls?.wrongName).toBeUndefined();
    expect(await one.ping()).toMatchObject({ kind: "answered" });
    expect((await one.call({ path, messages: [new Uint8Array()] }).done).status).toMatchObject({ code: 0 });
    const other = wire(port, { tls: { serverName: "other.test", ca: certPem } });
    await other.opened;
    expect(other.met.tls?.distrust).toBeUndefined();
    expect(other.met.tls?.wrongName).toMatch("other.test");
  });

  it("tells a FIN from a GOAWAY and from a reset", async () => {
    const port = await ourServer();
    const one = wire(port);
    await one.opened;
    await (open[0] as Server).close();
    const end = await one.ended;
    expect(end).toMatchObject({ kind: "fin", goaways: [{ code: 0, debugData: "draining" }] });
    const reset = await scriptedServer((socket) => {
      socket.write(Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 0, 0));
      socket.once("data", () => socket.resetAndDestroy());
    });
    open.push(reset);
    expect(await wire(reset.port).ended).toMatchObject({ kind: "rst", error: { kind: "ECONNRESET" } });
  });

  it("gives up a call that nobody answers, and a PING", async () => {
    const mute = await scriptedServer((socket) => socket.write(Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 0, 0)));
    open.push(mute);
    const one = wire(mute.port);
    await one.opened;
    const [ping, call] = await Promise.all([one.ping(30), one.call({ path, limitMs: 30 }).done]);
    expect(ping).toEqual({ kind: "unanswered", waitedMs: 30 });
    expect(call).toMatchObject({ end: { kind: "timed-out" }, status: undefined });
  });
});

describe("a wire that does not open", () => {
  const limits = { connectMs: 200, tlsMs: 200, settingsMs: 200, lookupMs: 200 };

  it.each([
    { says: "HTTP/1.1", bytes: "HTTP/1.1 400 Bad Request\r\n\r\n", fault: { stage: "http2", kind: "foreign" } },
    {
      says: "half a SETTINGS frame",
      bytes: "\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00",
      fault: { stage: "http2", kind: "unfinished" },
    },
    { says: "nothing", bytes: "", fault: { stage: "http2", kind: "silent" } },
  ])("because the peer says $says", async ({ bytes, fault }) => {
    const peer = await scriptedServer((socket) => socket.write(bytes, "latin1"));
    open.push(peer);
    const one = wire(peer.port, { limits });
    expect(await one.opened).toMatchObject({ kind: "failed", fault });
    await one.ended;
    expect(Buffer.from(one.met.firstBytes).toString("latin1")).toBe(bytes);
  });

  it("because the peer does not speak TLS, and its first octets are kept", async () => {
    const peer = await scriptedServer((socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    );
    open.push(peer);
    const one = wire(peer.port, { tls: { serverName: "localhost" }, limits });
    expect(await one.opened).toMatchObject({ kind: "failed", fault: { stage: "tls", kind: "foreign" } });
    expect(Buffer.from(one.met.firstBytes).toString("latin1")).toMatch(/^HTTP\/1\.1 400/);
  });

  it("because the port is closed, or the name is none", async () => {
    const closed = await scriptedServer(() => undefined);
    await closed.close();
    const refused = { stage: "connect", kind: "refused", word: "ECONNREFUSED" };
    expect(await wire(closed.port).opened).toMatchObject({ kind: "failed", fault: refused });
    const nameless = openWire({ host: "no-such-name.invalid", port: 1, network: { host: nodeHost() } });
    expect(await nameless.opened).toMatchObject({ kind: "failed", fault: { stage: "lookup" } });
    expect(await nameless.ended).toMatchObject({ kind: "never-open" });
  });
});

describe("in a simulated world", () => {
  it("hears a server leave after half an hour of silence, at once", async () => {
    const world = createWorld({ seed: 1 });
    const host = world.host("server");
    const server = withHealth(createServer({ host, maxConnectionIdleMs: 1_800_000 }));
    await settled(server.listen({ host: host.address, port: 50_051 }));
    const one = openWire({ host: "server", port: 50_051, network: { host: world.host("client") } });
    expect(await settled(one.opened)).toEqual({ kind: "open" });
    expect(one.met.lookup).toMatchObject({ addresses: [host.address] });
    const end = await settled(one.ended);
    const goaways = [
      { code: 0, lastStreamId: 2 ** 31 - 1, debugData: "max_idle" },
      { code: 0, lastStreamId: 0, debugData: "max_idle" },
    ];
    expect(end).toMatchObject({ kind: "fin", goaways });
    expect((end.atMs - one.met.startedAtMs) / 1_800_000).toBeCloseTo(1, 3);

    async function settled<T>(promise: Promise<T>): Promise<T> {
      let over = false;
      void promise.then(() => (over = true));
      await world.run({ until: () => over, limitMs: world.nowMs + 3_600_000 });
      return promise;
    }
  });
});

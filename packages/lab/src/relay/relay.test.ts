/** The relay without faults: what comes goes on as it came, octet by octet and end by end. */

import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { RawClient } from "../../test/raw-client.ts";
import { createAuthority } from "../peer/certificate.ts";
import { frame, preface, settingsFrame } from "../peer/frame.ts";
import { Peer } from "../peer/peer.ts";
import { wellBehaved } from "../peer/peer-script.ts";
import { Relay, type RelayOptions } from "./relay.ts";

const closing: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of closing.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

/** A TCP server that hands out its sockets. */
async function tcpServer(): Promise<{ readonly port: number; next(): Promise<Socket> }> {
  const waiting: Socket[] = [];
  const all = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => {});
    all.add(socket);
    waiting.push(socket);
    server.emit("taken");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push({
    [Symbol.asyncDispose]: async () => {
      for (const socket of all) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  const next = async (): Promise<Socket> => {
    while (waiting.length === 0) await once(server, "taken");
    return waiting.shift() as Socket;
  };
  return { port: (server.address() as AddressInfo).port, next };
}

async function relayTo(port: number, options: Partial<RelayOptions> = {}): Promise<Relay> {
  const relay = new Relay({ to: { host: "127.0.0.1", port }, ...options });
  closing.push(relay);
  await relay.start();
  return relay;
}

function client(port: number): Socket {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.on("error", () => {});
  closing.push({ [Symbol.asyncDispose]: () => Promise.resolve(void socket.destroy()) });
  return socket;
}

async function collected(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(socket, "end");
  return Buffer.concat(chunks);
}

describe("the ends of a connection", () => {
  it("carries FIN as FIN: the other half goes on", async () => {
    const server = await tcpServer();
    const relay = await relayTo(server.port);
    const near = client(relay.port);
    near.end("question");
    const far = await server.next();
    expect((await collected(far)).toString()).toBe("question");
    far.end("answer, after the client's FIN");
    expect((await collected(near)).toString()).toBe("answer, after the client's FIN");
  });

  it("carries the client's RST as RST", async () => {
    const server = await tcpServer();
    const relay = await relayTo(server.port);
    const near = client(relay.port);
    near.write("hello");
    const far = await server.next();
    await once(far, "data");
    const error = once(far, "error");
    near.resetAndDestroy();
    expect(((await error)[0] as NodeJS.ErrnoException).code).toBe("ECONNRESET");
  });

  it("carries the server's RST as RST", async () => {
    const server = await tcpServer();
    const relay = await relayTo(server.port);
    const near = client(relay.port);
    near.write("hello");
    const far = await server.next();
    await once(far, "data");
    const error = once(near, "error");
    let sawFin = false;
    near.on("end", () => (sawFin = true)).resume();
    far.resetAndDestroy();
    expect(((await error)[0] as NodeJS.ErrnoException).code).toBe("ECONNRESET");
    expect(sawFin).toBe(false);
  });

  it("carries RST that comes after FIN", async () => {
    const server = await tcpServer();
    const relay = await relayTo(server.port);
    const near = client(relay.port);
    near.end("hello");
    const far = await server.next();
    expect((await collected(far)).toString()).toBe("hello");
    let code: string | undefined;
    far.on("error", (error: NodeJS.ErrnoException) => (code = error.code));
    near.resetAndDestroy();
    // Who has read the end hears of a reset only by writing.
    while (code === undefined) {
      far.write("too late");
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(code).toMatch(/ECONNRESET|EPIPE/);
    expect(relay.open).toBe(0);
  });

  it("resets a client whose server cannot be reached, and says so", async () => {
    const gone = await tcpServer();
    await (closing.pop() as AsyncDisposable)[Symbol.asyncDispose]();
    const relay = await relayTo(gone.port);
    const near = client(relay.port);
    expect(((await once(near, "error"))[0] as NodeJS.ErrnoException).code).toBe("ECONNRESET");
    expect(relay.told.newest.map(({ what }) => what)).toEqual(["the server cannot be reached: ECONNREFUSED"]);
    expect(relay.open).toBe(0);
  });
});

describe("what passes", () => {
  it("changes no octet of any bytes, HTTP/2 or not, in any pieces", async () => {
    const server = await tcpServer();
    const relay = await relayTo(server.port);
    const frames = fc
      .array(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(9), fc.uint8Array({ maxLength: 300 })), { maxLength: 20 })
      .map((all) =>
        all.map(([type, flags, id, payload]) => frame(type === 1 || type === 9 ? 0 : type, flags, id, payload)),
      )
      .map((all) => Buffer.concat([preface, settingsFrame(new Map()), ...all]));
    const anything = fc.uint8Array({ minLength: 1, maxLength: 3_000 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(frames, anything),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
        async (bytes, cuts) => {
          const near = client(relay.port);
          const written = (async () => {
            for (let at = 0, turn = 0; at < bytes.byteLength; turn++) {
              const to = at + (cuts[turn % cuts.length] as number);
              await new Promise((resolve) => near.write(bytes.subarray(at, to), resolve));
              at = to;
            }
            near.end();
          })();
          const far = await server.next();
          const got = await collected(far);
          await written;
          far.end();
          near.resume();
          expect(got.equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("serves a client over TLS before a server in plain text, and records what they said", async () => {
    const peer = new Peer({ scriptOf: () => wellBehaved });
    await peer.start();
    closing.push(peer);
    const certificate = createAuthority();
    const relay = await relayTo(peer.port, { certificate, record: true });
    await using raw = await RawClient.open(relay.port, certificate.certPem);
    const stream = raw.call(7);
    await raw.until(`END_STREAM ${stream}`);
    expect(peer.ledger.executions(7)).toBe(1);
    const texts = relay.frames.map(({ from, frame: text }) => `${from}: ${text}`);
    expect(texts).toContain("client: HEADERS(3)");
    expect(texts).toContain("server: HEADERS(3)");
    expect(texts).toContain("server: HEADERS(3) grpc-status 0 END_STREAM");
  });

  it("speaks TLS with a server that wants it", async () => {
    const certificate = createAuthority();
    const peer = new Peer({ scriptOf: () => wellBehaved, certificate });
    await peer.start();
    closing.push(peer);
    const relay = await relayTo(0, {
      to: { host: "127.0.0.1", port: peer.port, tls: { caPem: certificate.certPem } },
    });
    await using raw = await RawClient.open(relay.port);
    const stream = raw.call(7);
    await raw.until(`END_STREAM ${stream}`);
    expect(peer.ledger.executions(7)).toBe(1);
  });
});

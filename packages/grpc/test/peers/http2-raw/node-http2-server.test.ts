import { once } from "node:events";
import { createServer, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { nodeHost } from "../../../src/host/node/node-host.ts";
import type { HeaderList } from "../../../src/http2/header-list.ts";
import type { StreamEnd } from "../../../src/http2/stream.ts";
import type { TerminationReport } from "../../../src/report/termination-report.ts";
import { dial } from "../../../src/transport/dial.ts";
import type { Transport } from "../../../src/transport/transport.ts";
import { pattern } from "./echo-server.ts";

interface Answer {
  headers: HeaderList;
  trailers: HeaderList;
  body: Uint8Array;
  end: StreamEnd;
}

let server: Http2Server;
const sessions = new Set<ServerHttp2Session>();

/** A node:http2 server that echoes what it gets. */
async function serve(): Promise<number> {
  server = createServer({ settings: { maxConcurrentStreams: 1_000 } });
  server.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
  });
  server.on("stream", (stream) => {
    stream.respond({ ":status": 200, "x-kind": "echo" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "x-done": "yes" }));
    stream.on("error", () => undefined);
    stream.pipe(stream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  for (const session of sessions) session.destroy();
  server.close();
});

interface Client {
  readonly transport: Transport;
  readonly ended: Promise<TerminationReport>;
  ask(body: Uint8Array): Promise<Answer>;
}

async function dialled(port: number): Promise<Client> {
  let ended: (report: TerminationReport) => void = () => undefined;
  const end = new Promise<TerminationReport>((resolve) => (ended = resolve));
  const transport = await new Promise<Transport>((resolve) => {
    const made: Transport = dial(
      nodeHost(),
      { address: { kind: "tcp", host: "127.0.0.1", port } },
      {
        onReady: () => resolve(made),
        onSettings: () => undefined,
        onStream: () => {
          throw new Error("a server opened a stream");
        },
        onGoaway: () => undefined,
        onEnded: ended,
      },
    );
  });
  return { transport, ended: end, ask: (body) => ask(transport, body) };
}

function ask({ connection }: Transport, body: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let headers: HeaderList = [];
    let trailers: HeaderList = [];
    const stream = connection.open([":method", "POST", ":scheme", "http", ":path", "/", ":authority", "x"], false, {
      onHeaders: (list) => (headers = list),
      onData: (bytes) => {
        chunks.push(new Uint8Array(bytes));
        if (stream === undefined) return;
        connection.credit(stream, bytes.length);
        connection.free(stream, bytes.length);
      },
      onTrailers: (list) => (trailers = list),
      onDrain: () => undefined,
      onClosed: (end) => resolve({ headers, trailers, body: Buffer.concat(chunks), end }),
    });
    if (stream === undefined) reject(new Error("no stream may be opened"));
    else connection.sendData(stream, body, true);
  });
}

describe("node:http2 as server", () => {
  it.each([1, 16_384, 100_000, 5_000_000])("echoes %i octets, with trailers", async (bytes) => {
    const client = await dialled(await serve());
    const { headers, trailers, body, end } = await client.ask(pattern(bytes));
    expect(headers.slice(0, 4)).toEqual([":status", "200", "x-kind", "echo"]);
    expect(Buffer.from(body).equals(pattern(bytes))).toBe(true);
    expect(trailers).toEqual(["x-done", "yes"]);
    expect(end).toEqual({ kind: "complete" });
    client.transport.close("closed");
    expect((await client.ended).endedBy).toBe("local");
  });

  it("serves 200 streams of 50 KB at once", async () => {
    const client = await dialled(await serve());
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => client.ask(pattern(50_000 + i))));
    expect(answers.map(({ body }) => body.length)).toEqual(Array.from({ length: 200 }, (_, i) => 50_000 + i));
    client.transport.close("closed");
    await client.ended;
  });

  it("leaves with GOAWAY: what is open ends whole, nothing new is opened, and the report says who ended it", async () => {
    const client = await dialled(await serve());
    const first = client.ask(pattern(1_000_000));
    const [stream] = (await once(server, "stream")) as [ServerHttp2Stream];
    const { session } = stream;
    session?.goaway(0, 1, Buffer.from("moving"));
    session?.close();
    const { body, end } = await first;
    expect([body.length, end]).toEqual([1_000_000, { kind: "complete" }]);
    expect(client.transport.connection.openable).toBe(0);
    const report = await client.ended;
    expect(report.endedBy).toBe("peer-http2");
    expect(report.goaways[0]?.debugData).toBe("moving");
  });

  it("destroyed under a call: the call ends, the report says how", async () => {
    const client = await dialled(await serve());
    const call = client.ask(pattern(5_000_000));
    await once(server, "stream");
    for (const session of sessions) session.destroy(undefined, 2);
    const { end } = await call;
    expect(["connection", "goaway-above-last-id", "reset-by-peer"]).toContain(end.kind);
    const report = await client.ended;
    expect(report.streamsEver).toBe(1);
    expect(["peer-http2", "transport"]).toContain(report.endedBy);
  });
});

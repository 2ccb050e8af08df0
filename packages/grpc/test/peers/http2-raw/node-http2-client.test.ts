import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from "node:http2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EchoServer, pattern } from "./echo-server.ts";

const server = new EchoServer();
let session: ClientHttp2Session;

beforeAll(async () => {
  await server.listen();
  session = connect(`http://127.0.0.1:${server.port}`);
  await once(session, "remoteSettings");
});

afterAll(() => {
  session.destroy();
  server.close();
});

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly trailers: IncomingHttpHeaders;
  readonly body: Buffer;
}

async function ask(path: string, body: Uint8Array): Promise<Answer> {
  const stream = session.request({ ":path": path, ":method": "POST" });
  stream.end(body);
  let headers: IncomingHttpHeaders = {};
  let trailers: IncomingHttpHeaders = {};
  stream.on("response", (all) => (headers = all));
  stream.on("trailers", (all) => (trailers = all));
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(stream, "close");
  return { headers, trailers, body: Buffer.concat(chunks) };
}

describe("node:http2 as client", () => {
  it.each([0, 1, 16_384, 70_000, 5_000_000])("sends and gets %i octets whole, and trailers", async (bytes) => {
    const { headers, trailers, body } = await ask(`/bytes/${bytes}`, pattern(bytes));
    expect(headers["x-received"]).toBe(`${bytes}`);
    expect(headers["x-sha256"]).toBe(createHash("sha256").update(pattern(bytes)).digest("hex"));
    expect(body.equals(pattern(bytes))).toBe(true);
    expect(trailers["x-done"]).toBe("yes");
  });

  it("asks 500 times at once", async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => ask("/bytes/100", pattern(i))));
    expect(answers.map(({ headers }) => Number(headers["x-received"]))).toEqual(
      Array.from({ length: 500 }, (_, i) => i),
    );
  });

  it("cancels in the middle of a body and the connection goes on", async () => {
    const stream = session.request({ ":path": "/bytes/5000000" });
    await once(stream, "data");
    stream.close(8);
    await once(stream, "close");
    expect((await ask("/", pattern(3))).headers[":status"]).toBe(200);
  });

  it("is told goodbye in two phases: what it had asked is answered, and the session closes", async () => {
    const last = session.request({ ":path": "/bytes/1000000", ":method": "POST" });
    // Its acknowledgement comes behind the request's HEADERS.
    await new Promise<void>((resolve) => session.ping(() => resolve()));
    const ids: number[] = [];
    session.on("goaway", (_code: number, lastStreamId: number) => ids.push(lastStreamId));
    const [transport] = server.transports;
    transport?.drain();
    await once(session, "goaway");
    last.end("x");
    let bytes = 0;
    last.on("data", (chunk: Buffer) => (bytes += chunk.length));
    await once(last, "close");
    if (!session.destroyed) await once(session, "close");
    expect(bytes).toBe(1_000_000);
    expect(ids[0]).toBe(0x7fffffff);
  });
});

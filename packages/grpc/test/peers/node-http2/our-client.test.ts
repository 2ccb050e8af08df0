/** Our plain client and servers of node:http2 that leave in the middle: what node says with GOAWAY is heard and used. */
import { once } from "node:events";
import { createServer, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createHttp2Client, type Http2Client } from "../../../src/index.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Serving {
  readonly client: Http2Client;
  readonly sessions: ServerHttp2Session[];
  readonly served: Map<string, number>;
}

/** Answers each path after a few milliseconds, and counts. */
async function serve(options: { readonly sessions?: number } = {}): Promise<Serving> {
  const served = new Map<string, number>();
  const sessions: ServerHttp2Session[] = [];
  const server: Http2Server = createServer((request, response) => {
    served.set(request.url, (served.get(request.url) ?? 0) + 1);
    setTimeout(() => response.end(`served ${request.url}`), 5);
  });
  server.on("session", (session) => sessions.push(session));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = createHttp2Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, options);
  closing.push(
    () => server.close(),
    () => client.close(),
  );
  return { client, sessions, served };
}

async function textOf(client: Http2Client, path: string): Promise<string> {
  const response = await client.request({ path });
  return String(Buffer.from(await response.bytes()));
}

it("500 requests while the server closes its sessions again and again: all answered, each run once", async () => {
  const { client, sessions, served } = await serve();
  for (let round = 0; round < 5; round++) {
    const paths = Array.from({ length: 100 }, (_, i) => `/${round}/${i}`);
    const texts = await Promise.all(
      paths.map(async (path, i) => {
        await new Promise((resolve) => setTimeout(resolve, i));
        // node: GOAWAY(NO_ERROR, last id), then the open streams go on to their ends.
        if (i === 50) sessions.at(-1)?.close();
        return textOf(client, path);
      }),
    );
    expect(texts).toEqual(paths.map((path) => `served ${path}`));
    // However the machine bunches them, what comes after this round meets a new session.
    sessions.at(-1)?.close();
  }
  expect(sessions.length).toBeGreaterThanOrEqual(5);
  expect([...served.values()].every((times) => times === 1)).toBe(true);
});

it("the same with two sessions", async () => {
  const { client, sessions, served } = await serve({ sessions: 2 });
  await textOf(client, "/first");
  const paths = Array.from({ length: 200 }, (_, i) => `/${i}`);
  const all = paths.map((path) => textOf(client, path));
  sessions[0]?.close();
  expect(await Promise.all(all)).toEqual(paths.map((path) => `served ${path}`));
  expect([...served.values()].every((times) => times === 1)).toBe(true);
});

it("GOAWAY with an error code, while streams go on: at or below the last id they end well", async () => {
  const { client, sessions } = await serve();
  await textOf(client, "/first");
  const all = ["/a", "/b", "/c"].map((path) => textOf(client, path));
  await new Promise((resolve) => setTimeout(resolve, 2));
  // ENHANCE_YOUR_CALM, with a last id above all of ours.
  sessions[0]?.goaway(11, 2 ** 31 - 1, Buffer.from("too_many_pings"));
  expect(await Promise.all(all)).toEqual(["served /a", "served /b", "served /c"]);
  expect(await textOf(client, "/after")).toBe("served /after");
  expect(sessions).toHaveLength(2);
});

it("a stream that the server resets is an error that says so", async () => {
  const server = createServer();
  server.on("stream", (stream: ServerHttp2Stream) => {
    stream.on("error", () => undefined);
    stream.close(2); // INTERNAL_ERROR
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = createHttp2Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  closing.push(
    () => server.close(),
    () => client.close(),
  );
  const request = client.request({ method: "POST", body: "x" });
  await expect(request).rejects.toMatchObject({ reason: "STREAM_RESET", processed: "maybe" });
});

/** node:http2 as the client of our server: plain requests, and a drain while it asks. */
import { once } from "node:events";
import { type ClientHttp2Session, connect } from "node:http2";
import { afterEach, expect, it } from "vitest";
import { createServer, type Server } from "../../../src/server/index.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(): Promise<{ server: Server; session: ClientHttp2Session }> {
  const server = createServer().handle(async ({ body, path }) => {
    let received = 0;
    for await (const piece of body) received += piece.length;
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { headers: { "x-received": String(received) }, body: `served ${path}`, trailers: { "x-tail": "end" } };
  });
  const { port } = await server.listen("127.0.0.1:0");
  const session = connect(`http://127.0.0.1:${port}`);
  closing.push(
    () => server.close(),
    () => session.destroy(),
  );
  await once(session, "remoteSettings");
  return { server, session };
}

async function ask(session: ClientHttp2Session, path: string, body: Buffer): Promise<unknown[]> {
  const stream = session.request({ ":method": "POST", ":path": path });
  const [headers, trailers] = [once(stream, "response"), once(stream, "trailers")];
  stream.end(body);
  let text = "";
  for await (const piece of stream) text += String(piece);
  const [head] = (await headers) as Record<string, unknown>[];
  const [tail] = (await trailers) as Record<string, unknown>[];
  return [head?.[":status"], head?.["x-received"], text, tail?.["x-tail"]];
}

it("1 MB up, an answer with trailers down, 50 at once", async () => {
  const { session } = await start();
  const body = Buffer.alloc(1_000_000);
  const asked = Array.from({ length: 50 }, (_, i) => ask(session, `/${i}`, body));
  expect(await Promise.all(asked)).toEqual(asked.map((_, i) => [200, "1000000", `served /${i}`, "end"]));
});

it("drains: what was asked before it is answered, and node hears GOAWAY", async () => {
  const { server, session } = await start();
  const asked = Array.from({ length: 50 }, (_, i) => ask(session, `/${i}`, Buffer.from("x")));
  const goaway = once(session, "goaway");
  await ask(session, "/before", Buffer.alloc(0));
  const more = ask(session, "/during", Buffer.from("xy"));
  const drained = server.drain({ graceMs: 5_000 });
  expect(await more).toEqual([200, "2", "served /during", "end"]);
  for (const answer of await Promise.all(asked)) expect(answer[0]).toBe(200);
  expect((await goaway)[0]).toBe(0);
  expect(await drained).toMatchObject({ cut: 0 });
});

/** `node --test`: a server and a client of Connect, speaking gRPC, with a lab between them. */
import assert from "node:assert/strict";
import http2 from "node:http2";
import { after, before, test } from "node:test";
import { createClient } from "@connectrpc/connect";
import { connectNodeAdapter, createGrpcTransport } from "@connectrpc/connect-node";
import { faults, lab } from "@holdfast/lab";
import { Shop } from "@holdfast/lab/shop";

let server;
let address;
const sessions = new Set();

before(async () => {
  const routes = (router) => router.service(Shop, { read: ({ id }) => ({ id, text: "an item" }) });
  server = http2.createServer(connectNodeAdapter({ routes }));
  server.on("session", (session) => sessions.add(session));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `127.0.0.1:${server.address().port}`;
});
after(() => {
  for (const session of sessions) session.destroy();
  server.close();
});

/** What is under test: reads an item, by way of the lab. */
function readerOf(between) {
  const shop = createClient(Shop, createGrpcTransport({ baseUrl: `http://${between.target}` }));
  return ({ id, headers }) => shop.read({ id: String(id) }, { headers, timeoutMs: 5_000 });
}

test("a slow way changes nothing but the time", async (t) => {
  const between = await lab({ to: address, faults: [faults.delay({ byMs: 20, jitterMs: 10 }), faults.slice()] });
  t.after(() => between.close());
  const count = await between.run(20, readerOf(between));
  count.atMost({ failed: 0, executedTwice: 0, neverSettled: 0 });
});

test("a page of HTML is told as what it is", async (t) => {
  const between = await lab({ to: address, faults: [faults.htmlAnswer({ status: 502, times: 3 })] });
  t.after(() => between.close());
  const count = await between.run(20, readerOf(between));
  assert.deepEqual(count.codes, { UNAVAILABLE: 3 });
  count.atMost({ failed: 3, executedTwice: 0, neverSettled: 0 });
});

test("a connection that falls silent fails calls by their deadline, and by nothing sooner", async (t) => {
  const between = await lab({ to: address, faults: [faults.blackHole({ after: 5, connections: 1 })] });
  t.after(() => between.close());
  const count = await between.run(10, readerOf(between), { patienceMs: 8_000 });
  assert.ok((count.codes.DEADLINE_EXCEEDED ?? 0) >= 1, String(count));
  count.atMost({ failed: 10, executedTwice: 0, neverSettled: 0 });
});

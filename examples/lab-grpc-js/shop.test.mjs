/** `node --test`: what a client of grpc-js makes of connections that go wrong. Each test is five lines. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults, lab } from "@holdfast/lab";
import { connectShop, startShop } from "./shop.mjs";

let shop;
before(async () => (shop = await startShop()));
after(() => shop.stop());

test("a GOAWAY that excludes a call costs nothing: grpc-js sends it again by itself", async (t) => {
  const between = await lab({ to: shop.address, faults: [faults.goaway({ after: 5, last: "none", connections: 1 })] });
  const client = connectShop(between.target);
  t.after(() => (client.close(), between.close()));
  const count = await between.run(20, client.buyOne, { atOnce: 1 });
  count.atMost({ failed: 0, executedTwice: 0, neverSettled: 0 });
});

test("a reset connection fails what is in flight", async (t) => {
  const between = await lab({ to: shop.address, faults: [faults.rst({ after: 5, reached: "no", connections: 1 })] });
  const client = connectShop(between.target);
  t.after(() => (client.close(), between.close()));
  const count = await between.run(20, client.buyOne, { atOnce: 1 });
  assert.deepEqual(count.codes, { UNAVAILABLE: 1 });
  count.atMost({ failed: 1, executedTwice: 0, neverSettled: 0 });
});

test("retries on UNAVAILABLE hide that, and buy twice what the server had sold already", async (t) => {
  const between = await lab({
    to: shop.address,
    faults: [faults.rstStream({ at: "before-headers", code: 7, times: 2 })],
  });
  const client = connectShop(between.target, ["UNAVAILABLE"]);
  t.after(() => (client.close(), between.close()));
  const count = await between.run(20, client.buyOne);
  assert.throws(() => count.atMost({ failed: 0, executedTwice: 0, neverSettled: 0 }), /2 executed twice/);
});

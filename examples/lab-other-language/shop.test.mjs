/**
 * `node --test`: a server in Python with a lab before it, which counts executions by the server's own journal. HOLDFAST_PYTHON
 * names a Python with grpcio; where there is none, the tests are skipped and say so.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { faults, lab } from "@holdfast/lab";
import { connectShop } from "../lab-grpc-js/shop.mjs";

const python = process.env.HOLDFAST_PYTHON ?? "/usr/bin/python3";
const skip = spawnSync(python, ["-c", "import grpc"]).status === 0 ? false : `${python} has no grpcio`;

/** How often the server printed each id. */
const journal = new Map();
const executions = (id) => journal.get(id) ?? 0;
let server;
let address;

before(async () => {
  if (skip) return;
  server = spawn(python, [fileURLToPath(new URL("server.py", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: server.stdout });
  address = await new Promise((resolve) => {
    lines.on("line", (line) => {
      const [, port] = /^listening (\d+)$/.exec(line) ?? [];
      if (port !== undefined) resolve(`127.0.0.1:${port}`);
      else journal.set(Number(line), executions(Number(line)) + 1);
    });
  });
});
after(() => server?.stdin.end());

test("an answer that is cut off was executed all the same", { skip }, async (t) => {
  const between = await lab({
    to: address,
    executions,
    faults: [faults.rstStream({ at: "before-headers", code: 7, times: 2 })],
  });
  const client = connectShop(between.target, ["UNAVAILABLE"]);
  t.after(() => (client.close(), between.close()));
  const count = await between.run(20, client.buyOne);
  assert.equal(count.failed, 0);
  assert.throws(() => count.atMost(), /2 executed twice/);
});

test("a GOAWAY of the server's kind costs nothing", { skip }, async (t) => {
  journal.clear();
  const between = await lab({ to: address, executions, faults: [faults.goaway({ after: 5, firstMs: 50 })] });
  const client = connectShop(between.target);
  t.after(() => (client.close(), between.close()));
  (await between.run(40, client.buyOne)).atMost({ failed: 0, executedTwice: 0, neverSettled: 0 });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../clients/client.ts";
import { rows } from "../rows/rows.ts";
import { rowCell, runCell } from "./cell.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A driver on node:http2 that opens a new session whenever a call fails and sends it again, whatever that may repeat. */
const reckless = `
import { connect } from "node:http2";
const order = JSON.parse(process.argv[2]);
const origin = "http://127.0.0.1:" + order.port;
let session = connect(origin);
const say = (line) => console.log(JSON.stringify(line));
function body(id) {
  const bytes = Buffer.alloc(11);
  bytes.writeUInt32BE(6, 1);
  bytes.set([0x0a, 4], 5);
  bytes.writeUInt32BE(id, 7);
  return bytes;
}
const once = (id) => new Promise((resolve) => {
  const stream = session.request({ ":method": "POST", ":path": "/lab" });
  let ok = false;
  stream.on("trailers", () => (ok = true)).on("error", () => {}).on("close", () => resolve(ok)).resume();
  stream.end(body(id));
});
session.on("error", () => {});
await once(0);
await Promise.all(Array.from({ length: order.calls }, async (_, index) => {
  let ok = await once(index + 1);
  if (!ok) {
    if (session.closed || session.destroyed) session = connect(origin).on("error", () => {});
    ok = await once(index + 1);
  }
  say(ok ? { kind: "ok", id: index + 1 } : { kind: "failed", id: index + 1, code: "LOST", detail: "" });
}));
say({ kind: "done" });
process.exit(0);
`;

function recklessClient(): Client {
  const file = join(folder, "reckless.mjs");
  writeFileSync(file, reckless);
  return { id: "reckless", program: [process.execPath, file], policy: false };
}

function rowOf(id: string): (typeof rows)[number] {
  return rows.find((row) => row.id === id) ?? expect.fail(`no row ${id}`);
}

describe("runCell", () => {
  it("finds what a reckless client repeats: every call of row J ran twice", async () => {
    expect(await runCell(rowCell(rowOf("J"), recklessClient()))).toEqual({
      kind: "scored",
      notes: [],
      record: {
        table: "M1",
        row: "J",
        client: "reckless",
        calls: 20,
        ok: 20,
        failed: 0,
        executedTwice: 20,
        neverSettled: 0,
        codes: {},
      },
    });
  });

  it("does not blame a repetition of what GOAWAY excluded: row C", async () => {
    expect(await runCell(rowCell(rowOf("C"), recklessClient()))).toMatchObject({
      record: { ok: 20, executedTwice: 0 },
    });
  });

  it("does not blame a repetition of what was refused, on the connection that lives on: row I", async () => {
    const result = await runCell(rowCell(rowOf("I"), recklessClient()));
    expect(result).toMatchObject({ record: { row: "I", ok: 20, executedTwice: 0, codes: {} } });
  });

  it("passes on why a client cannot run", async () => {
    const absent: Client = { id: "absent", program: [join(folder, "nothing"), "x"], policy: false };
    expect(await runCell(rowCell(rowOf("A"), absent))).toMatchObject({ kind: "skipped", row: "A", client: "absent" });
  });
});

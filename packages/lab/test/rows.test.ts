/**
 * Every row of M1 against a client that decides nothing: what the peer puts on the wire, and what it counts as executed. The
 * warm-up call is stream 1, so calls 1 to 20 are streams 3 to 41.
 */

import { describe, expect, it } from "vitest";
import { createCertificate } from "../src/peer/certificate.ts";
import { Peer } from "../src/peer/peer.ts";
import type { PeerScript } from "../src/peer/peer-script.ts";
import { callsPerRow } from "../src/rows/row.ts";
import { rows } from "../src/rows/rows.ts";
import { RawClient } from "./raw-client.ts";

interface Expected {
  /** Lines of what the client sees, all of them, but for answers. */
  readonly sees: readonly string[];
  readonly answered: number;
  readonly executed: number;
}

const max = 2 ** 31 - 1;
const calm = "11 last=41 too_many_pings";

const expected: Readonly<Record<string, Expected>> = {
  A: { sees: ["GOAWAY 0 last=21"], answered: 10, executed: 10 },
  C: { sees: ["GOAWAY 0 last=1"], answered: 0, executed: 0 },
  D: { sees: [`GOAWAY 0 last=${max}`, "GOAWAY 0 last=41"], answered: 20, executed: 20 },
  E: { sees: [`GOAWAY ${calm}`], answered: 20, executed: 20 },
  F: { sees: ["GOAWAY 2 last=1"], answered: 0, executed: 0 },
  G: { sees: ["GOAWAY 0 last=1", "FIN", "closed"], answered: 0, executed: 0 },
  H: { sees: ["GOAWAY 11 last=1"], answered: 0, executed: 0 },
  I: { sees: resets(7), answered: 0, executed: 0 },
  J: { sees: ["FIN", "closed"], answered: 0, executed: 20 },
  K: { sees: ["ECONNRESET", "closed"], answered: 0, executed: 20 },
  L: { sees: resets(11), answered: 0, executed: 20 },
  M: { sees: resets(8), answered: 0, executed: 20 },
  N: { sees: resets(2), answered: 0, executed: 20 },
  O: { sees: resets(0), answered: 0, executed: 20 },
  P: { sees: ["GOAWAY 0 last=1"], answered: 0, executed: 0 },
  R: { sees: ["GOAWAY 0 last=11"], answered: 5, executed: 5 },
  S: { sees: [...streams().map((id) => `HEADERS ${id}`), "FIN", "closed"], answered: 0, executed: 20 },
  T: { sees: [], answered: 0, executed: 20 },
  U: { sees: ["GOAWAY 0 last=41", "ECONNRESET", "closed"], answered: 0, executed: 20 },
  W: { sees: ["GOAWAY 0 last=41", "FIN", "closed"], answered: 0, executed: 20 },
  X: { sees: [`GOAWAY ${calm}`, "FIN", "closed"], answered: 0, executed: 20 },
  Y: { sees: [`GOAWAY ${calm}`, "ECONNRESET", "closed"], answered: 0, executed: 20 },
};

describe("the rows of M1", () => {
  it("are the ones that are expected here", () => {
    expect(rows.map(({ id }) => id)).toEqual(Object.keys(expected));
  });

  for (const row of rows) {
    const { sees, answered, executed } = expected[row.id] as Expected;

    it(`${row.id}: ${row.event}`, async () => {
      await using peer = new Peer({ scriptOf: row.scriptOf });
      await peer.start();
      await using client = await RawClient.open(peer.port);
      const calls = row.id === "R" ? 5 : callsPerRow;
      for (let id = 1; id <= calls; id++) client.call(id);

      const answers = (): number => client.seen.filter((line) => line.startsWith("END_STREAM")).length;
      const rest = (): string[] => client.seen.filter((line) => !isPartOfAnswer(line, row.id));
      await client.until(() => rest().length >= sees.length && answers() >= answered && executions(peer) >= executed);
      expect(rest()).toEqual(sees);
      expect(answers()).toBe(answered);
      expect(executions(peer)).toBe(executed);
      expect(peer.ledger.executedTwice()).toBe(0);
      expect(peer.notes).toEqual([]);
    });
  }

  it("behave well from the next connection on; P from the third", async () => {
    for (const row of rows) {
      const struck = [1, 2, 3].filter((ordinal) => row.scriptOf(ordinal) !== row.scriptOf(4));
      expect({ row: row.id, struck }).toEqual({ row: row.id, struck: row.id === "P" ? [1, 2] : [1] });
    }
  });

  it("serves a retry on the connection that lives on after RST_STREAM", async () => {
    await using peer = await start("I");
    await using client = await RawClient.open(peer.port);
    for (let id = 1; id <= callsPerRow; id++) client.call(id);
    await client.until("RST_STREAM 41 code=7");
    const stream = client.call(1);
    await client.until(`END_STREAM ${stream}`);
    expect(peer.ledger.executions(1)).toBe(1);
    expect(peer.ledger.executedTwice()).toBe(0);
  });

  it("drops what comes after a GOAWAY that excludes it", async () => {
    await using peer = await start("C");
    await using client = await RawClient.open(peer.port);
    for (let id = 1; id <= callsPerRow; id++) client.call(id);
    await client.until("GOAWAY 0 last=1");
    client.call(1);
    client.write(Buffer.from([0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]));
    await client.until("PING ACK");
    expect(peer.ledger.executions(1)).toBe(0);
  });

  it("counts a call that a client sends again after it was executed", async () => {
    await using peer = await start("J");
    await using first = await RawClient.open(peer.port);
    for (let id = 1; id <= callsPerRow; id++) first.call(id);
    await first.until("FIN");
    await using second = await RawClient.open(peer.port);
    const stream = second.call(7);
    await second.until(`END_STREAM ${stream}`);
    expect(peer.ledger.executions(7)).toBe(2);
    expect(peer.ledger.executedTwice()).toBe(1);
  });

  it("says so when the event comes with fewer calls in flight", async () => {
    const impatient: PeerScript = { play: async (connection) => void (await connection.calls(3, 1)) };
    await using peer = new Peer({ scriptOf: () => impatient });
    await peer.start();
    await using client = await RawClient.open(peer.port);
    await client.until(() => peer.notes.length > 0);
    expect(peer.notes).toEqual(["the event came with 0 of 3 calls in flight"]);
  });

  it("play the same over TLS", async () => {
    const certificate = createCertificate();
    const row = rows.find(({ id }) => id === "U");
    await using peer = new Peer({ scriptOf: row?.scriptOf ?? fail, certificate });
    await peer.start();
    await using client = await RawClient.open(peer.port, certificate.certPem);
    for (let id = 1; id <= callsPerRow; id++) client.call(id);
    await client.until("closed");
    expect(client.seen).toEqual(["GOAWAY 0 last=41", "ECONNRESET", "closed"]);
  });
});

async function start(rowId: string): Promise<Peer> {
  const row = rows.find(({ id }) => id === rowId);
  const peer = new Peer({ scriptOf: row?.scriptOf ?? fail });
  await peer.start();
  return peer;
}

function fail(): never {
  throw new Error("the row is gone");
}

function streams(): number[] {
  return Array.from({ length: callsPerRow }, (_, index) => 3 + 2 * index);
}

function resets(code: number): string[] {
  return streams().map((id) => `RST_STREAM ${id} code=${code}`);
}

function executions(peer: Peer): number {
  let sum = 0;
  for (let id = 1; id <= callsPerRow; id++) sum += peer.ledger.executions(id);
  return sum;
}

/** HEADERS and DATA belong to an answer, but in row S, where the headers are all that comes. */
function isPartOfAnswer(line: string, rowId: string): boolean {
  if (line.startsWith("END_STREAM") || line.startsWith("DATA") || line === "SETTINGS ACK") return true;
  return line.startsWith("HEADERS") && rowId !== "S";
}

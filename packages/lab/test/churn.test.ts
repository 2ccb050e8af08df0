/** The six restart styles of M2 against a client that decides nothing, with a quota of 4 calls (the warm-up is the first). */

import { describe, expect, it } from "vitest";
import { churnScript } from "../src/churn/churn-script.ts";
import { restartStyles } from "../src/churn/restart-style.ts";
import { Peer } from "../src/peer/peer.ts";
import { RawClient } from "./raw-client.ts";

const max = 2 ** 31 - 1;

/** What the client sees around the answers, and how many of its three calls are answered. */
const expected: Readonly<Record<string, { readonly sees: readonly string[]; readonly answered: number }>> = {
  "two-phase": { sees: [`GOAWAY 0 last=${max}`, "PING", "GOAWAY 0 last=7", "FIN", "closed"], answered: 3 },
  single: { sees: ["GOAWAY 0 last=7", "FIN", "closed"], answered: 3 },
  "max-only": { sees: [`GOAWAY 0 last=${max}`, "FIN", "closed"], answered: 3 },
  enhance: { sees: ["GOAWAY 11 last=7 too_many_pings", "FIN", "closed"], answered: 3 },
  fin: { sees: ["FIN", "closed"], answered: 0 },
  rst: { sees: ["ECONNRESET", "closed"], answered: 0 },
};

describe("the churn of M2", () => {
  it("has the styles that are expected here", () => {
    expect(restartStyles.map(({ id }) => id)).toEqual(Object.keys(expected));
  });

  for (const style of restartStyles) {
    it(`${style.id}: ${style.event}`, async () => {
      const { sees, answered } = expected[style.id] ?? { sees: [], answered: Number.NaN };
      await using peer = new Peer({ scriptOf: () => churnScript(style, 4) });
      await peer.start();
      await using client = await RawClient.open(peer.port);
      for (let id = 1; id <= 3; id++) client.call(id, 40_000);
      await client.until("closed");
      const isPartOfAnswer = (line: string): boolean => /^(HEADERS|DATA|END_STREAM|SETTINGS)/.test(line);
      expect(client.seen.filter((line) => !isPartOfAnswer(line))).toEqual(sees);
      expect(client.seen.filter((line) => line.startsWith("END_STREAM")).length).toBe(answered);
      expect(peer.notes).toEqual([]);
    });
  }

  it("waits for a body that was on its way when the GOAWAY came", async () => {
    const single = restartStyles.find(({ id }) => id === "single");
    if (single === undefined) throw new Error("the style is gone");
    await using peer = new Peer({ scriptOf: () => churnScript(single, 2) });
    await peer.start();
    await using client = await RawClient.open(peer.port);
    const slow = client.openStream();
    await client.until("GOAWAY 0 last=3");
    expect(peer.ledger.executions(1)).toBe(0);
    client.sendMessage(slow, 1, 100_000);
    await client.until("closed");
    expect(client.seen).toContain(`END_STREAM ${slow}`);
    expect(peer.ledger.executions(1)).toBe(1);
  });

  it("keeps the windows open under more bytes than any window holds at first", async () => {
    const fin = restartStyles.find(({ id }) => id === "fin");
    if (fin === undefined) throw new Error("the style is gone");
    await using peer = new Peer({ scriptOf: () => churnScript(fin) });
    await peer.start();
    await using client = await RawClient.open(peer.port);
    const stream = client.call(1, 3_000_000);
    await client.until(`END_STREAM ${stream}`);
    // 1 MiB at least each time: 3 MB fill it twice, give or take what shared a chunk.
    expect(client.seen.filter((line) => line.startsWith("WINDOW_UPDATE 0")).length).toBe(2);
  });
});

/** The contract, kept by Node and Linux. Real sockets on loopback, bounded real time. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeHostContract } from "./host.contract.ts";
import type { Harness, TestCertificates } from "./harness.contract.ts";
import { trackedHost } from "./tracked-host.contract.ts";
import { nodeHost } from "./node/node-host.ts";

// What a story waits for takes milliseconds; a busy machine may take seconds.
const patienceMs = 10_000;
// Loopback delivers before a timer of this length rings.
const breathMs = 25;

describeHostContract("Node", async () => {
  const folder = mkdtempSync(join(tmpdir(), "host-contract-"));
  const tracked = trackedHost(nodeHost());
  const { host } = tracked;
  const pass = (ms: number): Promise<void> => new Promise((resolve) => host.timer(ms, resolve));
  const until = async (condition: () => boolean): Promise<void> => {
    const endMs = host.nowMs() + patienceMs;
    while (!condition()) {
      if (host.nowMs() > endMs) throw new Error("what the story waited for did not happen");
      await pass(1);
    }
  };
  const harness: Harness = {
    server: host,
    client: host,
    listenAt: { kind: "tcp", host: "127.0.0.1", port: 0 },
    unixPath: join(folder, "socket"),
    tls: certificates(),
    until,
    breathe: () => pass(breathMs),
    block(ms) {
      const endMs = host.nowMs() + ms;
      while (host.nowMs() < endMs);
    },
    whileServerIsBusy(first, second) {
      // One process: it is busy until this turn of the loop ends, and loopback's handshake needs no turn.
      first();
      return new Promise((resolve) => {
        host.defer(() => {
          second();
          resolve();
        });
      });
    },
    async close() {
      tracked.closeAll();
      await until(() => tracked.openCount === 0);
      rmSync(folder, { recursive: true });
    },
  };
  return harness;
});

function certificates(): TestCertificates {
  const read = (name: string): string => readFileSync(new URL(`../../test/data/tls/${name}`, import.meta.url), "utf8");
  const pairOf = (name: string): { cert: string; key: string } => ({
    cert: read(`${name}.pem`),
    key: read(`${name}.key`),
  });
  return {
    ca: read("ca.pem"),
    otherCa: read("other-ca.pem"),
    server: pairOf("server"),
    wrongName: pairOf("wrong-name"),
    client: pairOf("client"),
    serverName: "localhost",
  };
}

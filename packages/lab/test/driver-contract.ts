/** Owns what every driver must do, whatever its client: run against the scripted peer, for the tests of each driver. */

import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import type { Driver } from "../src/drivers/drivers.ts";
import { driverOf } from "../src/drivers/drivers.ts";
import type { ClientLine } from "../src/experiment/client-order.ts";
import type { ClientSetup } from "../src/experiment/client-setup.ts";
import type { CallPlan, ClientId } from "../src/experiment/experiment.ts";
import { defaultPlan } from "../src/experiment/experiment.ts";
import { runDriver } from "../src/experiment/run-driver.ts";
import type { PeerScript } from "../src/peer/peer-script.ts";
import { wellBehaved } from "../src/peer/peer-script.ts";
import { Peer } from "../src/peer/peer.ts";

/** What a client prints of each event: text that its users know. */
export interface Expected {
  readonly fin: RegExp;
  readonly reset: RegExp;
  /** `ok`: it sends the call again by itself. */
  readonly goaway: RegExp | "ok";
  readonly refused: RegExp;
  /** A setting that it cannot have; absent: there is none that is common. */
  readonly cannot?: ClientSetup;
}

const callId = 7;
/** A driver on a busy machine: its process starts, and it makes two calls. */
const limitMs = 60_000;

/** Throws where the driver cannot be had. */
export function testDriver(
  client: ClientId,
  expected: Expected,
  test: typeof it | typeof it.concurrent = it.concurrent,
): void {
  const found = driverOf(client);
  if ("absent" in found) throw new Error(found.absent);
  const against = (script: PeerScript, plan?: CallPlan, setup?: ClientSetup): Promise<Ended> =>
    callOnce(found, script, plan, setup);

  test.each(["unary", "server-streaming", "client-streaming", "bidi-streaming"] as const)(
    "makes %s calls",
    async (kind) => {
      const { line, executions } = await against(wellBehaved, { kind, messages: 3, messageEveryMs: 1 });
      expect(line).toMatchObject({ kind: "ok", trial: 1, id: callId });
      expect(executions).toBe(1);
    },
    limitMs,
  );

  test(
    "prints what its user sees of a FIN",
    async () => {
      const { line, executions } = await against({
        play: async (peer) => {
          peer.execute(await peer.calls(1));
          peer.fin();
        },
      });
      expect(textOf(line)).toMatch(expected.fin);
      expect(executions).toBe(1);
    },
    limitMs,
  );

  test(
    "prints what its user sees of a reset",
    async () => {
      const { line } = await against({ play: async (peer) => void (await peer.calls(1), peer.reset()) });
      expect(textOf(line)).toMatch(expected.reset);
    },
    limitMs,
  );

  test(
    "says what becomes of a call that a GOAWAY excludes",
    async () => {
      const { line, executions } = await against({
        play: async (peer) => void (await peer.calls(1), peer.goaway("NO_ERROR", peer.newestStreamId - 2)),
      });
      if (expected.goaway === "ok") expect({ kind: line?.kind, executions }).toEqual({ kind: "ok", executions: 1 });
      else expect(textOf(line)).toMatch(expected.goaway);
    },
    limitMs,
  );

  test(
    "prints what its user sees of a port that nobody listens on",
    async () => {
      const lines = await run(found, await freePort(), { ...defaultPlan, warmUp: false }, {});
      expect(textOf(settled(lines))).toMatch(expected.refused);
    },
    limitMs,
  );

  test(
    "tells a warm-up that failed as a broken trial",
    async () => {
      const lines = await run(found, await freePort(), { ...defaultPlan, deadlineMs: 500 }, {});
      expect(lines.map(({ kind }) => kind)).toEqual(["versions", "broken", "done"]);
    },
    limitMs,
  );

  test(
    "leaves a call that never settles without a line",
    async () => {
      const { line, kinds } = await against(
        { play: async (peer) => void (await peer.calls(1)) },
        { deadlineMs: "none" },
      );
      expect(line).toBeUndefined();
      expect(kinds).toEqual(["versions", "done"]);
    },
    limitMs,
  );

  test(
    "calls once more where an application does",
    async () => {
      const again = { codes: "any", times: 2, pauseMs: 1, newChannel: true } as const;
      const { line } = await against({ play: async (peer) => void (await peer.calls(1), peer.reset()) }, {}, { again });
      expect(line?.kind).toBe("ok");
    },
    limitMs,
  );

  test(
    "says which setting it cannot have",
    async () => {
      if (expected.cannot === undefined) return;
      const lines = await run(found, await freePort(), defaultPlan, expected.cannot);
      expect(lines.at(-1)).toMatchObject({ kind: "unsupported", setting: Object.keys(expected.cannot)[0] });
    },
    limitMs,
  );
}

interface Ended {
  readonly line: ClientLine | undefined;
  readonly kinds: readonly string[];
  readonly executions: number;
}

/** One call in one trial; the script is the first connection's. */
async function callOnce(
  driver: Driver,
  script: PeerScript,
  plan: CallPlan = {},
  setup: ClientSetup = {},
): Promise<Ended> {
  await using peer = new Peer({ scriptOf: (ordinal) => (ordinal === 1 ? script : wellBehaved) });
  await peer.start();
  const lines = await run(driver, peer.port, { ...defaultPlan, deadlineMs: 3_000, ...plan }, setup);
  return {
    line: settled(lines),
    kinds: lines.map(({ kind }) => kind),
    executions: peer.ledger.executions(callId),
  };
}

async function run(
  driver: Driver,
  port: number,
  plan: Required<CallPlan>,
  setup: ClientSetup,
): Promise<readonly ClientLine[]> {
  const lines: ClientLine[] = [];
  const trials = [{ trial: 1, target: `127.0.0.1:${port}`, callIds: [callId] }];
  await runDriver(driver, { setup, plan, atOnce: 1, trials }, { limitMs }, (line) => lines.push(line));
  expect(lines[0]?.kind).toBe("versions");
  return lines;
}

function settled(lines: readonly ClientLine[]): ClientLine | undefined {
  return lines.find(({ kind }) => kind === "ok" || kind === "failed");
}

function textOf(line: ClientLine | undefined): string {
  return line?.kind === "failed" ? line.text : `no failure: ${JSON.stringify(line)}`;
}

/** Nobody listens on it at this moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * `--watch` against programs of other people as they restart: servers that leave as their manuals say, some that are killed,
 * proxies that are reloaded, servers that restart behind a proxy. What is seen must be what each of them does; the table is
 * printed, and with HOLDFAST_SHOW=1 the findings, too; what was not seen always is.
 */

import { afterAll, describe, expect, it } from "vitest";
import { watchDrain } from "../../../src/measure/drain.ts";
import type { Finding } from "../../../src/measure/measure.ts";
import { Surroundings } from "../../../src/measure/surroundings.ts";
import { isHere, type Proxy, startHaproxy, startNginx } from "./proxies.ts";
import { measuredTls, targetAt } from "./measured-tls.ts";
import { type Row, writeTable } from "./measured-page.ts";
import { versionOf } from "./program-versions.ts";
import { type MeasuredServer, presentKinds, type ServerKind, type ServerSettings, startServer } from "./servers.ts";

const forMs = 20_000;
/** Longer than the 2 s that each gives open calls. */
const awayMs = 3_000;
/** Longer than HAProxy holds calls: it tries three times more, a second apart, to reach a server. */
const longAwayMs = 6_000;
/** On a machine that is busy with something else no call may be on its way at the moment that matters. */
const options = { timeout: 60_000, retry: 1 };
const rows = new Map<string, Row>();
const kinds = presentKinds();
const behindKind: ServerKind = kinds.includes("grpc-go") ? "grpc-go" : "holdfast";

afterAll(() =>
  writeTable(
    "restarts",
    [
      "what restarts",
      "says that it leaves by",
      "calls on their way then",
      "a stream that is open",
      "connections end",
      "back",
    ],
    [...rows.values()],
  ),
);

async function watched(what: string, port: number, act: () => Promise<unknown>, isTls = false): Promise<Finding> {
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => (ready = resolve));
  const surroundings = new Surroundings({ target: targetAt(port, isTls), onProgress: ready });
  const watching = watchDrain({ forMs }, surroundings);
  await isReady;
  // Calls are on their way all the time by then.
  await pause(1_000);
  await act();
  const finding = await watching;
  if (process.env["HOLDFAST_SHOW"] !== undefined || finding.verdict === "skipped")
    console.log([what, finding.words, ...finding.evidence, ...finding.advice, finding.catalogId].join("\n  "));
  rows.set(what, [what, ...cellsOf(finding)]);
  return finding;
}

/** Stops it, and starts another at the same place. */
async function replaced(
  kind: ServerKind,
  settings: ServerSettings,
  leave: () => unknown,
  forAwayMs = awayMs,
): Promise<MeasuredServer> {
  leave();
  await pause(forAwayMs);
  return startServer(kind, settings);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const manners: Readonly<Record<string, string>> = {
  "two-phase": "2^31-1, then its last stream",
  "named-at-once": "its last stream at once",
  "never-named": "2^31-1 alone",
};

function cellsOf({ facts, words }: Finding): string[] {
  if (facts["began"] === "behind") {
    const outcomes = /calls failed \((.+?)\)(?: within|;)/.exec(words)?.[1] ?? "";
    return ["nothing", `failed: ${outcomes}`, "", "stay", `after ${secondsText(facts["downMs"])}`];
  }
  const waits = facts["waitsRoundTrip"] === true ? ", a round trip later" : "";
  const [, late = "none"] = /calls that were on their way, (.+?)\. (?:The|No) stream/.exec(words) ?? [];
  return [
    facts["began"] === "goaway" ? `GOAWAY: ${manners[String(facts["manner"])] ?? ""}${waits}` : "nothing",
    late,
    String(facts["openStream"] ?? "goes on").replace(/^status (\w+).*/s, "$1"),
    `${String(facts["closedBy"] ?? "not").toUpperCase()} after ${secondsText(facts["closedMs"])}`,
    facts["downMs"] === 0 ? "at once" : `refused for ${secondsText(facts["downMs"])}`,
  ];
}

function secondsText(ms: Finding["facts"][string] | undefined): string {
  return ms === undefined ? "?" : `${(Number(ms) / 1_000).toFixed(1)} s`;
}

/** What each does when it leaves as its manual says, seen on the wire. */
const manual: Readonly<Record<ServerKind, Finding["facts"]>> = {
  holdfast: { manner: "two-phase", waitsRoundTrip: true, lateUnprocessed: 0, lateLost: 0, closedBy: "fin" },
  "grpc-go": { manner: "two-phase", waitsRoundTrip: true, lateUnprocessed: 0, lateLost: 0, closedBy: "fin" },
  // C-core takes what arrives behind its first GOAWAY, and cancels it.
  grpcio: { manner: "two-phase", waitsRoundTrip: true, lateServed: 0, lateUnprocessed: 0, closedBy: "fin" },
  "grpc-js": { manner: "named-at-once", waitsRoundTrip: false, lateServed: 0, lateLost: 0, closedBy: "fin" },
};

describe("a server that leaves", () => {
  it.each(kinds)("as its manual says: %s", options, async (kind) => {
    const server = await startServer(kind, {});
    let next: MeasuredServer | undefined;
    const finding = await watched(versionOf(kind), server.port, async () => {
      next = await replaced(kind, { port: server.port }, () => server.leave());
    });
    await Promise.all([server.close(), next?.close()]);
    expect(finding.facts).toMatchObject({ began: "goaway", ...manual[kind] });
    expect(finding.facts["lateSent"]).toBeGreaterThan(0);
    expect(Math.abs(Number(finding.facts["downMs"]) - awayMs)).toBeLessThan(awayMs / 2);
  });

  it("over TLS: ours", options, async () => {
    const server = await startServer("holdfast", { tls: measuredTls });
    let next: MeasuredServer | undefined;
    const finding = await watched(
      `${versionOf("holdfast")} over TLS`,
      server.port,
      async () => {
        next = await replaced("holdfast", { port: server.port, tls: measuredTls }, () => server.leave());
      },
      true,
    );
    await Promise.all([server.close(), next?.close()]);
    expect(finding.facts).toMatchObject({ began: "goaway", ...manual.holdfast });
  });

  it.each(kinds.filter((kind) => kind === "grpc-go" || kind === "grpcio"))(
    "killed: %s",
    { timeout: 60_000 },
    async (kind) => {
      const server = await startServer(kind, {});
      let next: MeasuredServer | undefined;
      const finding = await watched(`${versionOf(kind)}, killed`, server.port, async () => {
        next = await replaced(kind, { port: server.port }, () => server.kill?.());
      });
      await Promise.all([server.close(), next?.close()]);
      expect(finding).toMatchObject({
        verdict: "failed",
        catalogId: "server/abrupt-stop",
        facts: { goaways: 0, lateServed: 0 },
      });
    },
  );
});

interface Front {
  readonly name: "nginx" | "HAProxy";
  readonly program: string;
  readonly start: typeof startNginx;
  /** What its reload looks like, and its entry. */
  readonly reload: Finding["facts"];
  readonly catalogId: string;
  /** What calls get while nobody is behind it. */
  readonly refusal: string;
}

const fronts: readonly Front[] = [
  {
    ...{ name: "nginx", program: "nginx", start: startNginx, catalogId: "nginx/graceful-goaway", refusal: "HTTP 502" },
    reload: { manner: "named-at-once", lateServed: 0, lateLost: 0, downMs: 0 },
  },
  {
    ...{
      name: "HAProxy",
      program: "haproxy",
      start: startHaproxy,
      catalogId: "haproxy/soft-stop-goaway",
      refusal: "HTTP 503",
    },
    reload: { manner: "never-named", lateUnprocessed: 0, lateLost: 0, downMs: 0 },
  },
];

describe.each(fronts.filter(({ program }) => isHere(program, "-v")))(
  "$name",
  ({ name, start, reload, catalogId, refusal }) => {
    async function inFront<T>(
      run: (proxy: Awaited<ReturnType<typeof start>>, server: MeasuredServer) => Promise<T>,
    ): Promise<T> {
      const server = await startServer(behindKind, {});
      const proxy = await start(server.port, { idleMs: 60_000, workersLeaveInMs: 2_000 });
      const came = await run(proxy, server);
      await Promise.all([proxy.close(), server.close()] satisfies Promise<unknown>[]);
      return came;
    }

    it("reloaded", options, async () => {
      const finding = await inFront((proxy) =>
        watched(`${versionOf(name)}, reloaded`, proxy.port, () => Promise.resolve(proxy.reload())),
      );
      expect(finding).toMatchObject({ catalogId, facts: { began: "goaway", ...reload } });
      expect(finding.facts["lateSent"]).toBeGreaterThan(0);
    });

    it("in front of a server that leaves", options, async () => {
      let next: MeasuredServer | undefined;
      const finding = await inFront((proxy: Proxy, server) =>
        watched(`${versionOf(behindKind)} behind ${versionOf(name)}`, proxy.port, async () => {
          next = await replaced(behindKind, { port: server.port }, () => server.leave(), longAwayMs);
        }),
      );
      await next?.close();
      expect(finding).toMatchObject({ verdict: "failed", facts: { began: "behind" } });
      expect(finding.words).toContain(refusal);
      expect(finding.facts["failed"]).toBeGreaterThan(3);
      // HAProxy holds the first calls for a while.
      expect(finding.facts["downMs"]).toBeGreaterThan(longAwayMs / 4);
      expect(finding.facts["downMs"]).toBeLessThan(longAwayMs + 2_000);
    });
  },
);

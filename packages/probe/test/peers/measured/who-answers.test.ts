/**
 * nginx, HAProxy, grpc-go, grpcio, grpc-js and a relay of bytes, with their defaults shortened, measured from outside: who
 * answers, the server or a proxy or something below HTTP/2, and how an idle connection ends there; three of them over TLS, too.
 * The table is printed.
 */

import { afterAll, expect, it } from "vitest";
import type { Finding } from "../../../src/measure/measure.ts";
import { planMeasures, runMeasures } from "../../../src/measure/run-measures.ts";
import { Surroundings } from "../../../src/measure/surroundings.ts";
import { type Row, writeTable } from "./measured-page.ts";
import { measuredTls, targetAt } from "./measured-tls.ts";
import { versionOf } from "./program-versions.ts";
import { isHere, type Proxy, startHaproxy, startNginx, startRelay } from "./proxies.ts";
import { presentKinds, startServer } from "./servers.ts";

const forMs = 9_000;
const idleMs = 2_000;
const rows: Row[] = [];

afterAll(() =>
  writeTable(
    "who-answers",
    ["what answers", "by its ways", "an idle connection ends", "do PINGs count", "beyond the limit of streams"],
    rows,
  ),
);

async function look(name: string, port: number, isTls = false): Promise<Record<"level" | "idle" | "streams", Finding>> {
  const surroundings = new Surroundings({ target: targetAt(port, isTls) });
  const findings = await runMeasures(planMeasures(["level", "streams", "idle"], { forMs }), surroundings);
  const [level, streams, idle] = findings;
  if (level === undefined || idle === undefined || streams === undefined) throw new Error("a finding is missing");
  console.log(`${name}\n  ${findings.map(({ words }) => words).join("\n  ")}`);
  rows.push([name, ...cellsOf(level.facts, idle.facts, streams.facts)]);
  return { level, idle, streams };
}

const layers: Readonly<Record<string, string>> = {
  L7: "a proxy (L7)",
  server: "the server",
  unknown: "cannot be told",
};
const endNames: Readonly<Record<string, string>> = { goaway: "GOAWAY", fin: "FIN", rst: "RST" };
const counts: Readonly<Record<string, string>> = { "reset-it": "yes", "do-not-count": "no" };

function cellsOf(level: Finding["facts"], idle: Finding["facts"], streams: Finding["facts"]): string[] {
  const seconds = (ms: Finding["facts"][string]): string => `${(Number(ms) / 1_000).toFixed(1)} s`;
  const { neverUsedMs: unused, afterCallMs: used } = idle;
  const times = [
    ...(unused === undefined ? [] : [`${seconds(unused)} unused`]),
    ...(used === undefined ? [] : [`${seconds(used)} after a call`]),
  ];
  return [
    `${layers[String(level["layer"])] ?? ""}${level["l4"] === true ? ", and something below HTTP/2 (L4)" : ""}; ${String(level["speaker"] ?? "")}`,
    `by ${endNames[String(idle["end"])] ?? String(idle["end"])}: ${times.join(", ")}`,
    counts[String(idle["pings"])] ?? String(idle["pings"]),
    streams["refusedBy"] === undefined
      ? streams["announced"] === undefined
        ? "no limit"
        : `${String(streams["announced"])}, not tried`
      : `${String(streams["refusedBy"])} behind ${String(streams["announced"])}`,
  ];
}

const speakers = { holdfast: "Holdfast", "grpc-go": "grpc-go", grpcio: "C-core", "grpc-js": "Node" };

for (const kind of presentKinds()) {
  it(`${kind} itself`, { timeout: 60_000 }, async () => {
    const server = await startServer(kind, { idleMs });
    const { level, idle } = await look(versionOf(kind), server.port);
    await server.close();
    expect(level.facts).toMatchObject({ layer: "server", speaker: speakers[kind], l4: false });
    expect(idle.facts).toMatchObject({ end: "goaway" });
    expect(Math.abs(Number(idle.facts["idleMs"]) - idleMs)).toBeLessThan(idleMs / 10);
  });

  it(`${kind} behind a relay of bytes`, { timeout: 60_000 }, async () => {
    const server = await startServer(kind, {});
    const how = kind === "grpc-go" ? "rst" : "fin";
    const relay = await startRelay(server.port, idleMs, how);
    const { level, idle } = await look(`${versionOf(kind)} behind a relay of bytes`, relay.port);
    await relay.close();
    await server.close();
    expect(level.facts).toMatchObject({ layer: "server", speaker: speakers[kind], l4: true });
    expect(idle.facts).toMatchObject({ end: how, pings: "reset-it" });
    expect(Math.abs(Number(idle.facts["idleMs"]) - idleMs)).toBeLessThan(idleMs / 10);
  });
}

type Start = (port: number) => Promise<Proxy>;

/** What PINGs do to the idle timer of each: nginx 1.22 closes a connection on which they came all the time. */
const proxies: readonly (readonly [name: "nginx" | "HAProxy", start: Start, pings: string])[] = [
  ["nginx", startNginx, "do-not-count"],
  ["HAProxy", startHaproxy, "reset-it"],
];

for (const [name, start, pings] of proxies) {
  if (!isHere(name.toLowerCase(), "-v")) continue;
  for (const kind of presentKinds()) {
    it(`${name} in front of ${kind}`, { timeout: 60_000 }, async () => {
      const server = await startServer(kind, {});
      const proxy = await start(server.port);
      const { level, idle } = await look(`${versionOf(name)} in front of ${versionOf(kind)}`, proxy.port);
      await proxy.close();
      await server.close();
      expect(level.facts).toMatchObject({ layer: "L7", l4: false });
      expect(String(level.facts["speaker"])).toContain(name);
      expect(idle.facts).toMatchObject({ end: "goaway", pings });
      expect(Math.abs(Number(idle.facts["idleMs"]) - 3_000)).toBeLessThan(300);
    });
  }
}

for (const kind of presentKinds().filter((kind) => kind === "holdfast" || kind === "grpc-js")) {
  it(`${kind} over TLS`, { timeout: 60_000 }, async () => {
    const server = await startServer(kind, { idleMs, tls: measuredTls });
    const { level, idle } = await look(`${versionOf(kind)} over TLS`, server.port, true);
    await server.close();
    expect(level.facts).toMatchObject({ layer: "server", speaker: speakers[kind], l4: false });
    expect(idle.facts).toMatchObject({ end: "goaway", pings: "do-not-count" });
    expect(Math.abs(Number(idle.facts["idleMs"]) - idleMs)).toBeLessThan(idleMs / 10);
  });
}

it.skipIf(!isHere("nginx", "-v"))("nginx with TLS in front of ours", { timeout: 60_000 }, async () => {
  const server = await startServer("holdfast", {});
  const proxy = await startNginx(server.port, { tls: measuredTls });
  const { level, idle, streams } = await look(`${versionOf("nginx")} with TLS in front of Holdfast`, proxy.port, true);
  await Promise.all([proxy.close(), server.close()]);
  expect(level.facts).toMatchObject({ layer: "L7", l4: false });
  expect(idle.facts).toMatchObject({ end: "goaway", pings: "do-not-count" });
  expect(streams.facts).toMatchObject({ announced: 128, refusedBy: "RST_STREAM(REFUSED_STREAM)" });
  expect(Math.abs(Number(idle.facts["idleMs"]) - 3_000)).toBeLessThan(300);
});

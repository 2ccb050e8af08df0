/**
 * nginx, HAProxy, grpc-go, grpcio, grpc-js and a relay of bytes, with their defaults shortened, measured from outside: who
 * answers, the server or a proxy or something below HTTP/2, and how an idle connection ends there. The table is printed.
 */

import { afterAll, expect, it } from "vitest";
import type { Finding } from "../../../src/measure/measure.ts";
import { planMeasures, runMeasures } from "../../../src/measure/run-measures.ts";
import { Surroundings } from "../../../src/measure/surroundings.ts";
import { isHere, type Proxy, startHaproxy, startNginx, startRelay } from "./proxies.ts";
import { presentKinds, startServer } from "./servers.ts";

const forMs = 9_000;
const idleMs = 2_000;
const table: string[] = [];

afterAll(() => console.log(table.join("\n")));

async function look(name: string, port: number): Promise<Record<"level" | "idle" | "streams", Finding>> {
  const surroundings = new Surroundings({ target: { host: "127.0.0.1", port } });
  const findings = await runMeasures(planMeasures(["level", "streams", "idle"], { forMs }), surroundings);
  const [level, streams, idle] = findings;
  if (level === undefined || idle === undefined || streams === undefined) throw new Error("a finding is missing");
  table.push(`${name}\n  ${findings.map(({ words }) => words).join("\n  ")}`);
  return { level, idle, streams };
}

const speakers = { holdfast: "Holdfast", "grpc-go": "grpc-go", grpcio: "C-core", "grpc-js": "Node" };

for (const kind of presentKinds()) {
  it(`${kind} itself`, { timeout: 60_000 }, async () => {
    const server = await startServer(kind, { idleMs });
    const { level, idle } = await look(kind, server.port);
    await server.close();
    expect(level.facts).toMatchObject({ layer: "server", speaker: speakers[kind], l4: false });
    expect(idle.facts).toMatchObject({ end: "goaway" });
    expect(Math.abs(Number(idle.facts["idleMs"]) - idleMs)).toBeLessThan(idleMs / 10);
  });

  it(`${kind} behind a relay of bytes`, { timeout: 60_000 }, async () => {
    const server = await startServer(kind, {});
    const how = kind === "grpc-go" ? "rst" : "fin";
    const relay = await startRelay(server.port, idleMs, how);
    const { level, idle } = await look(`${kind} behind a relay`, relay.port);
    await relay.close();
    await server.close();
    expect(level.facts).toMatchObject({ layer: "server", speaker: speakers[kind], l4: true });
    expect(idle.facts).toMatchObject({ end: how, pings: "reset-it" });
    expect(Math.abs(Number(idle.facts["idleMs"]) - idleMs)).toBeLessThan(idleMs / 10);
  });
}

type Start = (port: number) => Promise<Proxy>;

/** What PINGs do to the idle timer of each: nginx 1.22 closes a connection on which they came all the time. */
const proxies: readonly (readonly [name: string, start: Start, pings: string])[] = [
  ["nginx", startNginx, "do-not-count"],
  ["haproxy", startHaproxy, "reset-it"],
];

for (const [name, start, pings] of proxies) {
  if (!isHere(name, "-v")) continue;
  for (const kind of presentKinds()) {
    it(`${name} in front of ${kind}`, { timeout: 60_000 }, async () => {
      const server = await startServer(kind, {});
      const proxy = await start(server.port);
      const { level, idle } = await look(`${name} in front of ${kind}`, proxy.port);
      await proxy.close();
      await server.close();
      expect(level.facts).toMatchObject({ layer: "L7", l4: false });
      expect(String(level.facts["speaker"]).toLowerCase()).toContain(name);
      expect(idle.facts).toMatchObject({ end: "goaway", pings });
      expect(Math.abs(Number(idle.facts["idleMs"]) - 3_000)).toBeLessThan(300);
    });
  }
}

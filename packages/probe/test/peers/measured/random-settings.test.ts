/**
 * Servers whose settings are chosen at random by seed, in plain text and over TLS, measured from outside: idle timeout,
 * connection age and ping policy must come out within a tenth, or one PING, in 19 of 20. `HOLDFAST_SEED` chooses others; the
 * table is printed.
 */

import { afterAll, expect, it } from "vitest";
import { planMeasures, runMeasures } from "../../../src/measure/run-measures.ts";
import { Surroundings } from "../../../src/measure/surroundings.ts";
import type { Finding } from "../../../src/measure/measure.ts";
import { createRandom } from "@holdfast/grpc/sim";
import { writeTable } from "./measured-page.ts";
import { measuredTls, targetAt } from "./measured-tls.ts";
import { presentKinds, type ServerKind, type ServerSettings, startServer } from "./servers.ts";

const seed = Number(process.env["HOLDFAST_SEED"] ?? 1);
const random = createRandom(seed);
const count = 20;
/** Measured at the same time: they wait most of the time. */
const atOnce = 5;
const forMs = 16_000;

interface Row {
  readonly kind: ServerKind;
  readonly settings: Required<Omit<ServerSettings, "maxStreams" | "port" | "graceMs" | "tls">>;
  readonly isTls: boolean;
  /** How far off it came out: parts of what was set, and PINGs. */
  readonly off: Record<"idle" | "age" | "every" | "forgiven", number>;
  readonly told: string[];
  readonly wrong: string[];
}

const kinds = presentKinds();
const rows: Row[] = Array.from({ length: count }, (_, at) => {
  const between = (fromMs: number, toMs: number): number => Math.round(fromMs + (toMs - fromMs) * random());
  return {
    kind: kinds[at % kinds.length] ?? "holdfast",
    settings: {
      idleMs: between(1_000, 3_000),
      ageMs: between(6_000, 8_000),
      minTimeMs: between(400, 2_200),
      permitWithoutCalls: random() < 0.5,
      strikes: Math.floor(random() * 5) + 1,
    },
    // Every kind in turn both ways, as long as four kinds are here.
    isTls: Math.floor(at / kinds.length) % 2 === 1,
    off: { idle: 0, age: 0, every: 0, forgiven: 0 },
    told: [],
    wrong: [],
  };
});

it(`measures ${count} servers with settings of seed ${seed}`, { timeout: 300_000 }, async () => {
  const waiting = [...rows];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) await measure(row);
    }),
  );
  expect(rows.filter(({ wrong }) => wrong.length === 0).length).toBeGreaterThanOrEqual(count - 1);
});

afterAll(async () => {
  for (const { kind, settings, isTls, told, wrong } of rows) {
    const { idleMs, ageMs, minTimeMs, permitWithoutCalls } = settings;
    const set = `idle ${idleMs}, age ${ageMs}, PINGs ${policyText(kind, settings)} every ${minTimeMs}${permitWithoutCalls ? ", without calls too" : ""}`;
    console.log(
      `${kind.padEnd(9)} set ${set}${isTls ? ", over TLS" : ""}\n          got ${told.join(", ")}${wrong.length === 0 ? "" : `\n    WRONG ${wrong.join("; ")}`}`,
    );
  }
  const most = (what: keyof Row["off"]): number => Math.max(...rows.map(({ off }) => off[what]));
  const percent = (what: keyof Row["off"]): string => `${(100 * most(what)).toFixed(1)} %`;
  await writeTable(
    "random",
    ["seed", "servers", "all three right", "idle timeout off by", "age off by", "PING spacing off by", "PINGs off by"],
    [
      [
        String(seed),
        `${count}, ${rows.filter(({ isTls }) => isTls).length} of them over TLS`,
        String(rows.filter(({ wrong }) => wrong.length === 0).length),
        ...[percent("idle"), percent("age"), percent("every"), String(most("forgiven"))],
      ],
    ],
    (first) => first !== String(seed),
  );
});

async function measure(row: Row): Promise<void> {
  const { kind, settings, isTls } = row;
  const server = await startServer(kind, { ...settings, ...(isTls ? { tls: measuredTls } : {}) });
  const surroundings = new Surroundings({ target: targetAt(server.port, isTls) });
  const findings = await runMeasures(planMeasures(["idle", "age", "pings"], { forMs }), surroundings);
  await server.close();
  const of = (id: Finding["id"]): Finding["facts"] => findings.find((finding) => finding.id === id)?.facts ?? {};
  const near = (what: "idle" | "age" | "every", got: unknown, set: number): void => {
    row.told.push(`${what} ${String(got)}`);
    // What was not found is wrong, and off by nothing that can be said.
    row.off[what] = Math.abs(Number(got) - set) / set || 0;
    if (!(Math.abs(Number(got) - set) <= set / 10)) row.wrong.push(`${what} ${String(got)}, not ${set}`);
  };
  near("idle", of("idle")["idleMs"], settings.idleMs);
  near("age", of("age")["ageMs"], settings.ageMs);
  if (kind === "grpc-js") {
    row.told.push(`policed ${String(of("pings")["policed"])}`);
    if (of("pings")["policed"] !== false) row.wrong.push("grpc-js polices nobody");
    return;
  }
  const forgiven = strikesOf(kind, settings) + 1;
  const got = Number(of("pings")["forgiven"]);
  row.told.push(`forgiven ${got}`);
  row.off.forgiven = Math.abs(got - forgiven) || 0;
  if (!(Math.abs(got - forgiven) <= 1)) row.wrong.push(`forgiven ${got}, not ${forgiven}`);
  near("every", of("pings")["leastMs"], settings.minTimeMs);
  // Without calls the policy shows only where the connection is not closed as idle first.
}

/** grpc-go's two cannot be set. */
function strikesOf(kind: ServerKind, { strikes }: Row["settings"]): number {
  return kind === "grpc-go" ? 2 : strikes;
}

function policyText(kind: ServerKind, settings: Row["settings"]): string {
  return kind === "grpc-js" ? "(not policed)" : `${strikesOf(kind, settings) + 1} forgiven`;
}

/** docs/keepalive.md against the code: every setting stands on it once, with the default that it has. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readKeepalive } from "../src/channel/keepalive-policy.ts";
import { lifetimeFrom, livenessFrom, pingPolicyFrom } from "../src/server/connection-options.ts";

const page = readFileSync(new URL("../../../docs/keepalive.md", import.meta.url), "utf8");

/** The rows of the table whose head has these first cells, as cells without back-ticks. */
function rows(...head: readonly string[]): string[][][] {
  const tables = page.split("\n\n").filter((block) => block.startsWith("|"));
  const parsed = tables.map((table) =>
    table
      .trim()
      .split("\n")
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim().replaceAll("`", "")),
      ),
  );
  return parsed.filter(([first]) => head.every((cell, at) => first?.[at] === cell)).map((table) => table.slice(2));
}

/** Setting → default, without its unit. */
function defaultsOf(table: string[][] | undefined): Record<string, string> {
  return Object.fromEntries((table ?? []).map(([setting = "", value = ""]) => [setting, value.replace(/^\w+, /, "")]));
}

const { liveness } = readKeepalive();
const server = livenessFrom({});
const policy = pingPolicyFrom({});

describe("docs/keepalive.md", () => {
  const [clientTable, serverTable] = rows("setting", "unit, default");

  it("has every setting of a channel with its default", () => {
    expect(defaultsOf(clientTable)).toEqual({
      "keepalive.timeMs": String(liveness.quietMs),
      "keepalive.timeoutMs": String(liveness.answerMs),
      "keepalive.permitWithoutCalls": String(liveness.restMs !== Infinity),
    });
  });

  it("has every setting of a server with its default", () => {
    expect(lifetimeFrom({})).toBeUndefined();
    expect(lifetimeFrom({ maxConnectionAgeMs: 1 })).toEqual({ maxIdleMs: Infinity, maxAgeMs: 1, graceMs: Infinity });
    expect(defaultsOf(serverTable)).toEqual({
      maxConnectionIdleMs: "never",
      maxConnectionAgeMs: "never",
      maxConnectionAgeGraceMs: "never",
      "keepalive.timeMs": String(server.restMs),
      "keepalive.timeoutMs": String(server.answerMs),
      "pingPolicy.minTimeMs": String(policy.minTimeMs),
      "pingPolicy.permitWithoutCalls": String(policy.permitWithoutCalls),
      "pingPolicy.strikes": String(policy.strikes),
    });
    expect(page).toContain(`while calls are open the default is ${server.quietMs}`);
  });

  it("names each of them in four other libraries", () => {
    const [names] = rows("setting", "grpc-go", "C-core (Python)", "grpc-java", "grpc-js");
    const plain = (setting: string): string => setting.replace(/^(client|server) /, "").replace(/^keepalive\./, "");
    const wanted = [...(clientTable ?? []), ...(serverTable ?? [])].map(([setting = ""]) => plain(setting));
    expect((names ?? []).map(([setting = ""]) => plain(setting))).toEqual(wanted);
    for (const row of names ?? []) expect(row.filter((cell) => cell === "")).toEqual([]);
  });
});

/** Whatever a user says of a path, the settings that follow break no rule: not one hop contradicts another. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Deploys, type FactHop, type PathFacts } from "../facts/path-facts.ts";
import { checkPath } from "../rules/check-path.ts";
import { judgeFacts, judgingRules } from "../rules/judged-facts.ts";
import { pathRules } from "../rules/rules-table.ts";
import { readFacts } from "../facts/read-facts.ts";
import { planPath } from "./plan-path.ts";

const s = 1_000;
const programs = ["grpc-go", "grpc-core", "grpc-java", "grpc-js", "holdfast"] as const;
const between = ["nginx", "envoy", "haproxy", "aws-alb", "aws-nlb"] as const;
const hop = <K extends FactHop["kind"]>(...kinds: readonly K[]) => fc.record({ kind: fc.constantFrom(...kinds) });

/** An ALB is no target of another, which `parseHops` refuses. */
function withOneAlb(hops: readonly FactHop[]): readonly FactHop[] {
  return hops.filter(({ kind }, index) => kind !== "aws-alb" || hops.findIndex((each) => each.kind === kind) === index);
}

/** Everything that `readFacts` lets pass, the ends of each range included. */
const anyFacts: fc.Arbitrary<PathFacts> = fc.record({
  hops: fc
    .tuple(hop(...programs), fc.array(hop(...between), { maxLength: 4 }), hop(...programs))
    .map(([client, middle, server]) => [client, ...withOneAlb(middle), server]),
  onKubernetes: fc.boolean(),
  idleMs: fc.oneof(fc.constantFrom(20 * s, 60 * s, 350 * s, Infinity), fc.integer({ min: 20 * s, max: 432_000 * s })),
  longestCallMs: fc.oneof(fc.constantFrom(Infinity, 1, 300 * s, 86_400 * s), fc.integer({ min: 1, max: 86_400 * s })),
  longestSilenceMs: fc.oneof(fc.constantFrom(1, 60 * s, 3_600 * s), fc.integer({ min: 1, max: 86_400 * s })),
  deploys: fc.constantFrom<Deploys>("rolling", "at-once", "never"),
  drainLimitMs: fc.oneof(fc.constantFrom(s, 600 * s), fc.integer({ min: s, max: 86_400 * s })),
  messageBytes: fc.integer({ min: 1, max: 2 ** 30 }),
  metadataBytes: fc.integer({ min: 1, max: 48 * 1_024 }),
  calls: fc.integer({ min: 1, max: 100_000 }),
  roundTripMs: fc.integer({ min: 1, max: 2 * s }),
  replicas: fc.integer({ min: 1, max: 10_000 }),
  repeatable: fc.boolean(),
  tls: fc.boolean(),
});

function broken(facts: PathFacts): readonly string[] {
  const { path, demands } = planPath(facts);
  const { findings, open } = checkPath(path, pathRules);
  const said = demands.filter(({ kind }) => kind === "unwatched-leg").map(({ rule }) => rule);
  const wrong = findings
    .filter(({ rule }) => rule.severity !== "note" && !said.includes(rule.id))
    .map(({ rule, says }) => `${rule.id}: ${says}`);
  // What nobody asks about may stay open; that is said in `asks nobody …` below.
  // What is asked only where it matters may stay open.
  return [
    ...wrong,
    ...open.filter(({ rule }) => !judgingRules.includes(rule.id)).map(({ rule }) => `${rule.id} is open`),
  ];
}

describe("planned settings", () => {
  it("break no rule, whatever the facts", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(broken(facts)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it("ask no more of the application than the facts make necessary, and say each thing that they assume", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { path, demands } = planPath(facts);
        const kinds = demands.map(({ kind }) => kind);
        const { longestCallMs = 0, longestSilenceDownMs = 0, heartbeatMs } = path.workload;
        expect(longestCallMs).toBe(Math.min(facts.longestCallMs, facts.drainLimitMs));
        expect(longestSilenceDownMs).toBe(Math.min(facts.longestSilenceMs, longestCallMs));
        expect(kinds.includes("resume-streams")).toBe(longestCallMs < facts.longestCallMs);
        expect(kinds.includes("heartbeat")).toBe(heartbeatMs !== undefined);
        expect(heartbeatMs === undefined || heartbeatMs < longestSilenceDownMs).toBe(true);
        // Between programs, and in front of nginx and HAProxy, somebody can always ask; an ALB asks nobody.
        if (!facts.hops.some(({ kind }) => kind === "aws-alb")) expect(kinds).not.toContain("unwatched-leg");
      }),
    );
  });
});

describe("facts that are judged", () => {
  const said = (typed: Parameters<typeof readFacts>[0]): readonly string[] =>
    judgeFacts(planPath(readFacts(typed)).path).map(({ rule }) => rule.id);

  it("are asked of the rule that needs them, and of none when nobody told", () => {
    const one = { hops: "go,nlb,js,kubernetes", replicas: "1", repeatable: "yes" };
    expect(said(one)).toEqual([]);
    expect(said({ ...one, "stream-rate": "10MiB" })).toEqual(["lm-06"]);
    expect(said({ ...one, cancels: "50" })).toEqual(["lm-12"]);
    expect(said({ ...one, "restart-time": "30s" })).toEqual(["dr-14"]);
    expect(said({ ...one, failover: "1m" })).toEqual(["nw-05"]);
  });

  it("say nothing where all is well", () => {
    const told = { "stream-rate": "100KiB", cancels: "1", "restart-time": "1s", failover: "2s" };
    expect(said({ hops: "go,nlb,js,kubernetes", replicas: "1", repeatable: "yes", ...told })).toEqual([]);
  });
});

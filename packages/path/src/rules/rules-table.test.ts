/** Each rule can fail: a path with its contradiction, and the same path with the contradiction taken out. */

import { describe, expect, it } from "vitest";
import type { Path } from "../hops/path.ts";
import {
  s,
  min,
  hour,
  MiB,
  calm,
  client,
  server,
  hop,
  wire,
  go,
  goes,
  path,
  typed,
  retry,
  quiet,
} from "../../test/planted-path.ts";
import { checkPath } from "./check-path.ts";
import { pathRules, ruleGroups } from "./rules-table.ts";
import { sourceTable } from "./sources-table.ts";

/** Rule → a path that breaks it, one that does not. */
const planted: Readonly<Record<string, readonly [broken: Path, kept: Path]>> = {
  "ka-01": [
    path([client("grpc-go", { pingEveryMs: 30 * s }), goes]),
    path([client("grpc-go", { pingEveryMs: 330 * s }), goes]),
  ],
  "ka-02": [
    path([client("grpc-dotnet", { pingEveryMs: 400 * s }), goes]),
    path([client("grpc-dotnet", { pingEveryMs: 400 * s }), server("grpc-go", { permitsWithoutCalls: true })]),
  ],
  "ka-03": [
    typed("grpc-go", "ClientParameters.Timeout", "20 * time.Second"),
    typed("grpc-go", "ClientParameters.Time", "20 * time.Second"),
  ],
  "ka-04": [
    path([client("grpc-java", { pingEveryMs: 5 * s }), goes]),
    path([client("grpc-js", { pingEveryMs: 5 * s }), goes]),
  ],
  "ka-05": [
    path([client("grpc-go", { pingEveryMs: 300 * s }), goes]),
    path([client("grpc-go", { pingEveryMs: 331 * s }), goes]),
  ],
  "ka-06": [
    typed("grpc-core", "grpc.http2.min_recv_ping_interval_without_data_ms", 30_000),
    typed("grpc-core", "grpc.http2.min_ping_interval_without_data_ms", 30_000),
  ],
  "ka-07": [
    typed("grpc-js", "grpc.keepalive_permit_without_calls", true),
    typed("grpc-js", "grpc.keepalive_permit_without_calls", 1),
  ],
  "ka-08": [
    path([client("grpc-core", { pingEveryMs: 10 * s }), goes], quiet(30 * s)),
    path([client("grpc-core", { pingEveryMs: 10 * s, maxPingsWithoutData: Infinity }), goes], quiet(30 * s)),
  ],
  "ka-09": [
    path([go, wire("aws-nlb"), goes], quiet(400 * s)),
    path([client("grpc-go", { pingEveryMs: 320 * s }), wire("aws-nlb"), goes], quiet(400 * s)),
  ],
  "ka-10": [
    path([client("grpc-go", { pingEveryMs: 30 * s }), hop("aws-alb"), goes], quiet(61 * s)),
    path([client("grpc-go", { pingEveryMs: 30 * s }), hop("aws-alb", { streamIdleMs: 62 * s }), goes], quiet(61 * s)),
  ],
  "ka-11": [
    path([client("grpc-go", { pingEveryMs: min }), hop("nginx"), goes]),
    path([client("grpc-go", { pingEveryMs: min }), hop("nginx"), server("grpc-go", { pingEveryMs: min })]),
  ],
  "ka-12": [
    path([go, wire("aws-nlb"), goes], { longestPauseMs: hour }),
    path([client("grpc-go", { idleAfterMs: 300 * s }), wire("aws-nlb"), goes], { longestPauseMs: hour }),
  ],
  "ka-13": [
    path([go, goes], { deadlineMs: Infinity }),
    path([client("grpc-go", { pingEveryMs: 330 * s }), goes], { deadlineMs: Infinity }),
  ],
  "ka-14": [
    path([client("grpc-go", { pingEveryMs: 330 * s, pingTimeoutMs: s }), goes], { roundTripMs: 100 }),
    path([client("grpc-go", { pingEveryMs: 330 * s, pingTimeoutMs: 5 * s }), goes], { roundTripMs: 100 }),
  ],
  "ka-15": [
    path([client("grpc-js", { pingEveryMs: 30 * s }), server("grpc-js")], { deploys: true, longestCallMs: min }),
    path([client("grpc-go", { pingEveryMs: 30 * s }), server("grpc-js")], { deploys: true, longestCallMs: min }),
  ],
  "ka-16": [
    path([client("grpc-go", { pingEveryMs: min }), server("grpc-js")]),
    path([client("grpc-go", { pingEveryMs: 300 * s }), server("grpc-js")]),
  ],
  "ka-17": [
    path([go, wire("aws-nlb"), goes]),
    path([go, wire("aws-nlb"), server("grpc-go", { pingEveryMs: 2 * min })]),
  ],
  "ka-18": [
    path([go, server("grpc-java-okhttp", { pingEveryMs: min })]),
    path([go, server("grpc-java", { pingEveryMs: min })]),
  ],
  "ka-19": [
    path([
      client("holdfast", { pingEveryMs: 10 * s, pingsWithoutCalls: true }),
      hop("nginx", {}, { maxRequests: 3 }),
      goes,
    ]),
    path([client("holdfast", { pingEveryMs: 10 * s, pingsWithoutCalls: true }), hop("nginx"), goes]),
  ],
  "ka-20": [
    path([client("grpc-js", { pingEveryMs: 30 * s, retry }), goes]),
    path([client("grpc-js", { retry }), goes]),
  ],
  "ag-01": [
    path([go, server("grpc-go", { ageMs: 30 * min, ageGraceMs: 5 * s })]),
    path([go, server("grpc-go", { ageMs: 30 * min, ageGraceMs: 11 * s })]),
  ],
  "ag-02": [
    path([go, server("grpc-go", { ageMs: 30 * min })], { longestCallMs: Infinity }),
    path([go, server("grpc-go", { ageMs: 30 * min })]),
  ],
  "ag-03": [path([go, server("tonic", { ageMs: 30 * min })]), path([go, server("tonic")])],
  "ag-04": [
    path([go, server("grpc-js", { ageMs: 30 * min })], { repeatable: true }),
    path([client("grpc-go", { retry }), server("grpc-js", { ageMs: 30 * min })], { repeatable: true }),
  ],
  "ag-05": [
    path([go, server("grpc-js", { ageMs: 30 * 24 * hour })]),
    path([go, server("grpc-js", { ageMs: 22 * 24 * hour })]),
  ],
  "ag-06": [
    path([go, hop("nginx"), goes], { peakCalls: 20 }),
    path([go, hop("nginx", {}, { maxRequests: 1e6 }), goes], { peakCalls: 20 }),
  ],
  "ag-07": [
    path([go, hop("gcp-alb"), server("grpc-dotnet")]),
    path([go, hop("gcp-alb"), server("grpc-dotnet", { idleAfterMs: 620 * s })]),
  ],
  "ag-08": [
    path([go, hop("envoy"), server("grpc-go", { ageMs: 30 * min })]),
    path([go, hop("envoy", {}, { ageMs: 30 * min }), server("grpc-go", { ageMs: 30 * min })]),
  ],
  "ag-09": [path([go, server("grpc-core", { idleAfterMs: 5 * min })]), path([go, server("grpc-core")])],
  "ag-10": [path([go, server("tonic", { ageMs: 30 * min })]), path([go, server("grpc-go", { ageMs: 30 * min })])],
  "ag-11": [
    path([go, hop("aws-alb"), goes], { longestCallMs: 2 * hour }),
    path([go, hop("aws-alb", {}, { ageMs: 3 * hour }), goes], { longestCallMs: 2 * hour }),
  ],
  "ag-12": [path([go, server("grpc-go", { ageMs: 30 * s })]), path([go, server("grpc-go", { ageMs: 30 * min })])],
  "ag-13": [
    path([go, server("grpc-go", { idleAfterMs: 5 * min })]),
    path([go, server("grpc-go", { idleAfterMs: 5 * min, ageMs: hour, ageGraceMs: min })]),
  ],
  "st-01": [
    path([go, hop("nginx"), goes], { longestSilenceDownMs: min }),
    path([go, hop("nginx", { silenceDownMs: 2 * min }), goes], { longestSilenceDownMs: min }),
  ],
  "st-02": [
    path([go, hop("nginx"), goes], { longestSilenceUpMs: min }),
    path([go, hop("nginx", { silenceUpMs: 2 * min }), goes], { longestSilenceUpMs: min }),
  ],
  "st-03": [
    path([go, hop("envoy"), goes], { longestCallMs: 16 * s }),
    path([go, hop("envoy", { responseMs: Infinity }), goes], { longestCallMs: 16 * s }),
  ],
  "st-04": [
    path([go, hop("envoy"), goes], quiet(5 * min)),
    path([go, hop("envoy"), goes], { ...quiet(5 * min), heartbeatMs: min }),
  ],
  "st-05": [
    path([go, hop("envoy", { maxCallMs: 5 * s }), goes]),
    path([go, hop("envoy", { maxCallMs: 10 * s }), goes]),
  ],
  "st-06": [path([go, hop("envoy"), goes]), path([go, hop("envoy", { responseMs: 20 * s }), goes])],
  "st-07": [
    path([go, hop("haproxy", { silenceDownMs: 5 * s }), goes]),
    path([go, hop("haproxy", { silenceDownMs: 6 * s }), goes]),
  ],
  "st-08": [
    path([go, hop("aws-alb"), goes], quiet(min)),
    path([go, hop("aws-alb", { streamIdleMs: 2 * min }), goes], quiet(min)),
  ],
  "st-09": [
    path([go, hop("gcp-alb"), goes], { longestCallMs: 31 * s }),
    path([go, hop("gcp-alb"), goes], { longestCallMs: 30 * s }),
  ],
  "st-10": [
    path([go, hop("cloudflare"), goes], { longestSilenceDownMs: 2 * min }),
    path([go, hop("cloudflare"), goes]),
  ],
  "st-11": [path([go, goes], { deadlineMs: Infinity }), path([go, hop("envoy"), goes], { deadlineMs: Infinity })],
  "st-12": [path([go, server("grpc-dotnet")], { messageBytes: 5 * MiB }), path([go, server("grpc-dotnet")])],
  "st-13": [
    path([go, hop("nginx"), goes], { heartbeatMs: 31 * s }),
    path([go, hop("nginx"), goes], { heartbeatMs: 30 * s }),
  ],
  "dr-01": [
    path([go, server("grpc-go", { drainMs: 25 * s })], {}, { graceMs: 30 * s, preStopMs: 5 * s }),
    path([go, server("grpc-go", { drainMs: 20 * s })], {}, { graceMs: 30 * s, preStopMs: 5 * s }),
  ],
  "dr-02": [
    path([go, goes], { propagateMs: 5 * s }, { graceMs: hour }),
    path([go, goes], { propagateMs: 5 * s }, { graceMs: hour, preStopMs: 5 * s }),
  ],
  "dr-03": [path([go, server("grpc-go", { drainMs: Infinity })]), path([go, server("grpc-go", { drainMs: 20 * s })])],
  "dr-04": [path([go, server("grpc-core", { drainMs: 0 })]), path([go, server("grpc-core", { drainMs: s })])],
  "dr-05": [path([go, server("node-http2", { stopsWithoutGoaway: true })]), path([go, server("node-http2")])],
  "dr-06": [
    path([go, goes], {}, { sidecar: { kind: "istio", drainMs: 5 * s } }),
    path([go, goes], {}, { sidecar: { kind: "istio", drainMs: 10 * s } }),
  ],
  "dr-07": [
    path([go, goes], {}, { graceMs: 30 * s, sidecar: { kind: "linkerd", drainMs: 120 * s } }),
    path([go, goes], {}, { graceMs: 130 * s, sidecar: { kind: "linkerd", drainMs: 120 * s } }),
  ],
  "dr-08": [
    path(
      [go, wire("aws-nlb", {}, { deregistrationMs: 300 * s }), server("grpc-go", { drainMs: 20 * s })],
      {},
      { preStopMs: 10 * s },
    ),
    path(
      [go, wire("aws-nlb", {}, { deregistrationMs: 30 * s }), server("grpc-go", { drainMs: 20 * s })],
      {},
      { preStopMs: 10 * s },
    ),
  ],
  "dr-09": [path([go, hop("nginx", { drainMs: 3 * s }), goes]), path([go, hop("nginx", { drainMs: 30 * s }), goes])],
  "dr-10": [
    path([go, hop("haproxy", { drainMs: 20 * s, closeSpreadMs: 20 * s }), goes]),
    path([go, hop("haproxy", { drainMs: 20 * s, closeSpreadMs: 5 * s }), goes]),
  ],
  "dr-11": [path([go, hop("envoy", { drainMs: 900 * s }), goes]), path([go, hop("envoy"), goes])],
  "dr-12": [
    path([go, goes], { repeatable: true, deploys: true }),
    path([client("grpc-go", { retry }), goes], { repeatable: true, deploys: true }),
  ],
  "dr-13": [
    path([go, server("grpc-go", { failsHealthFirst: false })]),
    path([go, server("grpc-go", { failsHealthFirst: true })]),
  ],
  "dr-14": [
    path([client("grpc-go", { retry }), goes], { restartMs: 10 * s }, { replicas: 1 }),
    path([client("grpc-go", { retry }), goes], { restartMs: 10 * s }, { replicas: 2 }),
  ],
  "lm-01": [
    path([go, hop("haproxy"), goes], { peakCalls: 101 }),
    path([client("grpc-go", { connections: 2 }), hop("haproxy"), goes], { peakCalls: 101 }),
  ],
  "lm-02": [
    path([go, hop("nginx"), goes], { streamBytes: 2 * MiB }),
    path([go, hop("nginx", { maxBodyBytes: Infinity }), goes], { streamBytes: 2 * MiB }),
  ],
  "lm-03": [
    path([go, server("grpc-go", { maxReceiveBytes: MiB })], { messageBytes: 2 * MiB }),
    path([go, goes], { messageBytes: 2 * MiB }),
  ],
  "lm-04": [
    path([go, server("grpc-core")], { metadataBytes: 9_000 }),
    path([go, server("grpc-core", { maxMetadataBytes: 16_384 })], { metadataBytes: 9_000 }),
  ],
  "lm-05": [
    path([go, hop("nginx"), goes], { responseMetadataBytes: 9_000 }),
    path([go, hop("nginx", { headerBufferBytes: 16_384 }), goes], { responseMetadataBytes: 9_000 }),
  ],
  "lm-06": [
    path([client("grpc-js"), goes], { bytesPerS: 12_500_000, roundTripMs: 100 }),
    path([client("grpc-js"), goes], { bytesPerS: 100_000, roundTripMs: 100 }),
  ],
  "lm-07": [
    path([client("grpc-go", { retry }), hop("envoy", { attempts: 3 }), goes]),
    path([client("grpc-go", { retry }), hop("envoy", { attempts: 2 }), goes]),
  ],
  "lm-08": [
    path([client("grpc-go", { retry: { ...retry, maxAttempts: 1 } }), goes]),
    path([client("grpc-go", { retry }), goes]),
  ],
  "lm-09": [
    path([client("grpc-go", { retry: { ...retry, codes: ["INTERNAL"] } }), goes]),
    path([client("grpc-go", { retry }), goes]),
  ],
  "lm-10": [
    path([client("grpc-core", { retry }), goes], { messageBytes: MiB }),
    path([client("grpc-core", { retry }), goes]),
  ],
  "lm-11": [
    path([go, hop("envoy"), goes], { peakCalls: 1_025 }),
    path([go, hop("envoy", { maxInFlight: 2_000 }), goes], { peakCalls: 1_025 }),
  ],
  "lm-12": [path([go, server("grpc-js")], { cancelsPerS: 50 }), path([go, goes], { cancelsPerS: 50 })],
  "hl-01": [
    path([client("grpc-go", { watchesHealth: true }), goes]),
    path([client("grpc-go", { watchesHealth: true, balancing: "round_robin" }), goes]),
  ],
  "hl-02": [path([go, wire("aws-nlb"), goes]), path([go, wire("aws-nlb"), server("grpc-go", { ageMs: 30 * min })])],
  "hl-03": [
    path([go, goes], {}, { replicas: 3, oneAddress: false }),
    path([client("grpc-go", { balancing: "round_robin" }), goes], {}, { replicas: 3, oneAddress: false }),
  ],
  "hl-04": [
    path([go, hop("envoy", { healthEveryMs: 10 * s, healthThreshold: 3 }), server("grpc-go", { lameDuckMs: 5 * s })]),
    path([go, hop("envoy", { healthEveryMs: 10 * s, healthThreshold: 3 }), server("grpc-go", { lameDuckMs: 31 * s })]),
  ],
  "hl-05": [
    path([client("grpc-go", { watchesHealth: true }), server("grpc-go", { servesHealth: false })]),
    path([client("grpc-go", { watchesHealth: true }), goes]),
  ],
  "hl-06": [
    path([go, hop("envoy", { maxEjectionPercent: 10 }), goes], {}, { replicas: 3 }),
    path([go, hop("envoy", { maxEjectionPercent: 34 }), goes], {}, { replicas: 3 }),
  ],
  "nw-01": [
    path([client("grpc-go", { tcpKeepaliveMs: 2 * hour }), wire("aws-nlb"), goes]),
    path([client("grpc-go", { tcpKeepaliveMs: min }), wire("aws-nlb"), goes]),
  ],
  "nw-02": [
    path([client("grpc-go", { tcpKeepaliveMs: 15 * s }), hop("aws-alb"), goes], quiet(2 * min)),
    path([client("grpc-go", { tcpKeepaliveMs: 15 * s }), hop("aws-alb"), goes]),
  ],
  "nw-03": [path([go, wire("azure-lb"), goes]), path([go, wire("azure-lb", { resets: true }), goes])],
  "nw-04": [
    path([client("grpc-go", { pingEveryMs: 330 * s }), wire("conntrack", { forgetsAfterMs: 300 * s }), goes]),
    path([client("grpc-go", { pingEveryMs: 330 * s }), wire("conntrack"), goes]),
  ],
  "nw-05": [
    path([client("grpc-go", { pingEveryMs: 330 * s, pingTimeoutMs: 5 * s }), goes], { failoverMs: 10 * s }),
    path([client("grpc-js", { pingEveryMs: 330 * s, pingTimeoutMs: 5 * s }), goes], { failoverMs: 10 * s }),
  ],
  "cs-01": [
    path([go, hop("envoy", {}, {}, { speaksHttp2: false }), goes]),
    path([go, hop("envoy", {}, {}, { speaksHttp2: true }), goes]),
  ],
  "cs-02": [
    path([client("grpc-go", { tls: true }), server("grpc-go", { tls: false })]),
    path([client("grpc-go", { tls: true }), server("grpc-go", { tls: true })]),
  ],
  "cs-03": [typed("grpc-go", "ClientParameters.Time", 30), typed("grpc-core", "grpc.keepalive_time_ms", 30_000)],
  "cs-04": [
    typed("grpc-core", "grpc.max_connection_age_ms", 2 ** 31),
    typed("grpc-core", "grpc.max_connection_age_ms", 2 ** 31 - 1),
  ],
  "cs-05": [typed("nginx", "http2_max_requests", 1), typed("nginx", "keepalive_requests", 1)],
  "cs-06": [
    path([go, { ...hop("nginx"), written: [] }, goes]),
    path([go, { ...hop("nginx"), written: [], version: [1, 29] }, goes]),
  ],
};

const brokenRules = (judged: Path): readonly string[] => [
  ...new Set(checkPath(judged, pathRules).findings.map(({ rule }) => rule.id)),
];

describe("every rule", () => {
  it("has a planted contradiction, and an id of its own in a known group", () => {
    const ids = pathRules.map(({ id }) => id);
    expect(Object.keys(planted).sort()).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(Object.keys(ruleGroups)).toContain(id.slice(0, 2));
  });

  it.each(Object.entries(planted))(
    "%s finds its contradiction, and nothing where it is taken out",
    (id, [broken, kept]) => {
      expect(brokenRules(broken)).toContain(id);
      expect(brokenRules(kept)).not.toContain(id);
    },
  );

  it("says what, why and what to do in sentences, from sources that exist", () => {
    for (const { id, says, seen, fix, sources } of pathRules) {
      for (const text of [says, seen, fix]) expect(text, id).toMatch(/[.]$/);
      expect(sources.length, id).toBeGreaterThan(0);
      for (const source of sources) expect(sourceTable, id).toHaveProperty(source);
    }
  });
});

describe("facts that nobody told", () => {
  it("leave a rule open that hangs on them, and only such a rule", () => {
    const { longestCallMs: _, ...rest } = calm;
    const hops = [go, server("grpc-go", { ageMs: hour, ageGraceMs: 5 * s })];
    const { findings, open } = checkPath({ hops, workload: rest }, pathRules);
    expect(findings.map(({ rule }) => rule.id)).not.toContain("ag-01");
    expect(open.map(({ rule, needs }) => [rule.id, needs])).toEqual([["ag-01", ["longestCallMs"]]]);
  });
});

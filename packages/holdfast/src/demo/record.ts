/** Owns the one JSON object of `--json`, and the file that holds what went wrong. */

import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DemoResult, DemoView } from "@holdfast/lab/demo";

/** Plain data; the counts are those of the table. */
export function recordOf({ ending, view, verdict }: DemoResult, file: string | undefined): Record<string, unknown> {
  const { clients: _, ...plan } = view.plan;
  return {
    verdict: verdict === undefined ? "none" : verdict.passed ? "pass" : "fail",
    ending,
    lies: verdict?.lies ?? null,
    clients: Object.fromEntries(view.clients.map((client) => [client.client, clientRecord(client)])),
    breaches: (verdict?.breaches ?? []).map(({ promise, calls }) => ({ promise, calls: calls.map(({ id }) => id) })),
    ...(file === undefined ? {} : { file }),
    plan,
    elapsedMs: Math.round(view.elapsedMs),
    restarts: view.restarts,
  };
}

function clientRecord({ methods, cpuUsPerCall, lost }: DemoView["clients"][number]): Record<string, unknown> {
  return {
    ...Object.fromEntries(methods.map(({ method, callsPerS: _, ...counts }) => [method, counts])),
    cpuUsPerCall: cpuUsPerCall === undefined ? null : Math.round(cpuUsPerCall),
    failedByRestart: lost,
  };
}

/** Writes the offending calls with their reports and the journals that hold them; returns the file's name. */
export function writeFailures({ view, verdict }: DemoResult, atMs: number): string {
  const file = path.join(tmpdir(), `holdfast-demo-${view.plan.seed}-${atMs}.json`);
  const text = JSON.stringify({ plan: view.plan, restarts: view.restarts, breaches: verdict?.breaches }, undefined, 2);
  writeFileSync(file, `${text}\n`);
  return file;
}

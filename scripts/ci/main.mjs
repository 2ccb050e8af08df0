/**
 * The body of `.ci/run`: installs the peers where it can, requires them, runs every suite, and ends with the true totals over all
 * of them, `N passed, N failed` alone on the last line. Names of suites as arguments run only those.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { readCounts } from "./counts.mjs";
import { installPeers, missingPeers } from "./peers.mjs";
import { suites } from "./suites.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
/** A suite that takes this long hangs: the tests on two more Nodes take a quarter of an hour when the machine is busy. */
const suiteTimeoutMs = 25 * 60_000;

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !suites.some((suite) => suite.name === name));
if (unknown !== undefined) {
  console.error(`ci: no suite "${unknown}"; there are: ${suites.map((suite) => suite.name).join("; ")}`);
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
const lines = [];
const failures = [];
const add = (name, counts, seconds) => {
  total.passed += counts.passed;
  total.failed += counts.failed;
  const skips = counts.skipped.length > 0 ? `, ${counts.skipped.length} skipped` : "";
  failures.push(...(counts.failures ?? []).map((failure) => `FAILED ${name}: ${failure}`));
  lines.push(`${name}: ${counts.passed} passed, ${counts.failed} failed${skips} (${seconds.toFixed(0)} s)`);
};

installPeers();
for (const peer of missingPeers()) {
  add(`peer ${peer.name} is absent (Debian package ${peer.package})`, { passed: 0, failed: 1, skipped: [] }, 0);
}
for (const suite of suites.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
  console.log(`\n== ${suite.name}: ${suite.command.join(" ")}`);
  const started = performance.now();
  const counts = run(suite);
  add(suite.name, counts, (performance.now() - started) / 1000);
}
console.log(`\n${[...lines, ...failures].join("\n")}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

function run({ command: [program, ...args], env = {} }) {
  const countsFile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-")), "counts.json");
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env, HOLDFAST_COUNTS: countsFile },
    timeout: suiteTimeoutMs,
  });
  if (result.error !== undefined) console.log(`ci: ${result.error.message}`);
  return readCounts(countsFile, result.status);
}

/**
 * `npm run matrix [-- --nodes 20,22,24] [-- command args…]`: runs a command under several versions of Node. Without a
 * command: the tests, then a short demo. The versions come from npm's packages that carry the binary itself; they are
 * fetched into .holdfast/nodes when first needed and are nobody's dependency.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readCounts, writeCounts } from "./ci/counts.mjs";
import { parseMatrix } from "./matrix/options.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Pinned like any dependency; the majors are those that CONTRIBUTING.md promises. */
const versions = { 20: "20.20.2", 22: "22.23.3", 24: "24.21.0" };
const usual = [
  ["npm", "test"],
  ["npm", "start", "--", "--for", "5s"],
];

const options = parseMatrix(process.argv.slice(2), Object.keys(versions));
if (options.fault !== undefined) {
  console.error(`matrix: ${options.fault}`);
  process.exit(2);
}

const counts = { passed: 0, failed: 0, skipped: [], failures: [] };
const lines = [];
for (const major of options.nodes) {
  const binary = nodeBinary(major);
  for (const command of options.command === undefined ? usual : [options.command]) {
    const words = `Node ${versions[major]}: ${command.join(" ")}`;
    console.log(`\n== ${words}`);
    const one =
      binary === undefined
        ? { passed: 0, failed: 1, skipped: [], failures: ["no such Node"] }
        : runUnder(binary, command);
    counts.passed += one.passed;
    counts.failed += one.failed;
    counts.skipped.push(...one.skipped);
    counts.failures.push(...(one.failures ?? []).map((failure) => `${words}: ${failure}`));
    lines.push(`${one.failed === 0 ? "ok    " : "FAILED"} ${words}`);
  }
}
console.log(`\n${lines.join("\n")}\n${counts.passed} passed, ${counts.failed} failed`);
writeCounts(process.env["HOLDFAST_COUNTS"], counts);
process.exitCode = counts.failed === 0 ? 0 : 1;

/** Runs a command with that Node first in the PATH. One that reports no counts of its own counts as one. */
function runUnder(binary, [program, ...args]) {
  const countsFile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-")), "counts.json");
  const env = { ...process.env, PATH: `${path.dirname(binary)}${path.delimiter}${process.env["PATH"]}` };
  // npm hands its own Node on in these; they would win over the PATH.
  for (const name of ["NODE", "npm_node_execpath", "npm_execpath"]) delete env[name];
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...env, HOLDFAST_COUNTS: countsFile },
  });
  return readCounts(countsFile, result.status);
}

/** The path of that version's binary, fetched if need be; undefined when that failed. */
function nodeBinary(major) {
  const version = versions[major];
  if (process.version === `v${version}`) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const home = path.join(root, ".holdfast", "nodes", version);
  const binary = path.join(home, "node_modules", name, "bin", "node");
  if (fs.existsSync(binary)) return binary;
  console.log(`matrix: fetching Node ${version} (npm package ${name}, about 190 MB unpacked)`);
  fs.mkdirSync(home, { recursive: true });
  // A manifest of its own keeps npm from taking this for a part of the workspace.
  fs.writeFileSync(path.join(home, "package.json"), '{ "private": true }\n');
  const args = ["install", "--prefix", home, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
  const result = spawnSync("npm", [...args, `${name}@${version}`], { cwd: home, stdio: "inherit" });
  if (result.status === 0 && fs.existsSync(binary)) return binary;
  console.error(`matrix: Node ${version} could not be fetched; the words of npm are above`);
  return undefined;
}

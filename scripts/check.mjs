/**
 * `npm run check`: everything about the tree that is not a test, one line and one time for each, in the order of how soon
 * a person wants to know. What fails says where; the rest still runs. Names as arguments run only those.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const tool = (...parts) => path.join("node_modules", ...parts);
const knip = tool("knip", "bin", "knip.js");
const attw = tool("@arethetypeswrong", "cli", "dist", "index.js");
const publint = tool("publint", "src", "cli.js");

/** Packages that are published: those not marked private. The command is started, not imported, so it has no types. */
const published = fs.readdirSync(path.join(root, "packages")).filter((name) => !manifest(name).private);
const imported = published.filter((name) => manifest(name).exports !== undefined);

/** Name → the Node programs that must all end with 0. */
const steps = {
  format: [[tool("prettier", "bin", "prettier.cjs"), "--check", "--log-level", "warn", "."]],
  types: [[tool("typescript", "bin", "tsc"), "-p", "tsconfig.check.json", "--pretty", "false"]],
  lint: [[tool("eslint", "bin", "eslint.js"), ".", "--max-warnings", "0"]],
  "house rules": [["scripts/house-rules/main.mjs"]],
  // Once with tests, for files and dependencies; once without, for exports that only their own test uses.
  "dead code": [
    [knip, "--no-progress", "--no-config-hints"],
    [knip, "--no-progress", "--no-config-hints", "--production", "--include", "exports", "--workspace", "packages/*"],
  ],
  packages: [
    ...published.map((name) => [publint, "run", `packages/${name}`, "--strict"]),
    ...imported.map((name) => [attw, "--pack", `packages/${name}`, "--profile", "esm-only", "--format", "ascii"]),
  ],
  docs: [["scripts/docs/main.mjs"]],
  catalog: [["packages/catalog/dist/build/gate/main.js"]],
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(`check: no step "${unknown[0]}"; there are ${Object.keys(steps).join(", ")}`);
  process.exit(2);
}

const started = performance.now();
const names = chosen.length > 0 ? chosen : Object.keys(steps);
const failed = names.filter((name) => !passes(name));
const total = seconds(performance.now() - started);
console.log(failed.length === 0 ? `check passed in ${total}` : `check failed in ${total}: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function passes(name) {
  const begin = performance.now();
  const outputs = steps[name].flatMap((args) => failureOf(args));
  const mark = outputs.length === 0 ? "ok    " : "FAILED";
  console.log(`${mark} ${name.padEnd(12)} ${seconds(performance.now() - begin)}`);
  for (const output of outputs) console.log(indented(output));
  return outputs.length === 0;
}

/** What a program printed, if it failed. */
function failureOf(args) {
  // Counts are of tests; what a step runs inside must not leave its own as if they were ours.
  const { HOLDFAST_COUNTS: _, ...env } = process.env;
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", env: { ...env, NO_COLOR: "1" } });
  if (result.status === 0) return [];
  const words = `${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`.trim();
  return [words === "" ? `${args.join(" ")}: ${result.signal ?? `exit status ${result.status}`}` : words];
}

function manifest(name) {
  return JSON.parse(fs.readFileSync(path.join(root, "packages", name, "package.json"), "utf8"));
}

function indented(text) {
  return text.replaceAll(/^/gm, "  ");
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

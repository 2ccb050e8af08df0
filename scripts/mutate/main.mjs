/**
 * `npm run mutate -- NAME…`: changes the engine's code in small ways, one at a time (Stryker), and says which changes no
 * test noticed. Names are of `folders.mjs`; `--all` takes all of them, `--force` forgets what earlier runs found. Stryker
 * is nobody's dependency: it is installed into .holdfast/mutate when first needed. Takes minutes; `nice -n 19` is kind.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { equivalents } from "./equivalents.mjs";
import { folders } from "./folders.mjs";
import { isOpen, missed, mutantText, score } from "./mutants.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "..", "..");
const library = path.join(root, "packages", "grpc");
/** Inside the checkout, so that Stryker's vitest runner finds the checkout's own vitest. */
const home = path.join(root, ".holdfast", "mutate");
const manifests = ["package.json", "package-lock.json", ".npmrc"];

const { values, positionals } = parseArgs({
  options: { all: { type: "boolean" }, force: { type: "boolean" }, help: { type: "boolean" } },
  allowPositionals: true,
});
const names = values.all === true ? Object.keys(folders) : positionals;
const unknown = names.filter((name) => !Object.hasOwn(folders, name));
if (values.help === true || names.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`mutate: no folder "${unknown[0]}"`);
  console.log(`npm run mutate -- NAME… [--force], or --all; NAME is one of ${Object.keys(folders).join(", ")}`);
  process.exit(values.help === true ? 0 : 2);
}

install();
const { Stryker } = await import(
  pathToFileURL(path.join(home, "node_modules/@stryker-mutator/core/dist/src/index.js")).href
);
process.chdir(library);
const rows = [];
for (const name of names) rows.push({ name, ...(await mutate(name)) });
console.log(
  "\n| folder | score | killed | timeout | survived | never run | equivalent |\n| - | - | - | - | - | - | - |",
);
for (const row of rows) console.log(`| ${Object.values(row).join(" | ")} |`);

/** Runs one folder, prints what no test noticed, and counts. */
async function mutate(name) {
  process.env["HOLDFAST_MUTATE"] = name;
  console.log(`\n== ${name}`);
  forgetMissed(incrementalFile(name));
  const results = await new Stryker(options(name)).runMutationTest();
  const mutants = results.map(({ fileName, status, location, replacement }) => {
    const file = path.relative(library, path.resolve(fileName)).replaceAll(path.sep, "/");
    const text = mutantText({ location, replacement }, fs.readFileSync(file, "utf8"));
    return { file, line: location.start.line, text, status, equivalent: equivalentTexts(file).includes(text) };
  });
  for (const { file, line, text, status } of mutants.filter(isOpen)) console.log(`${status}: ${file}:${line}: ${text}`);
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    // A busy machine takes a mutant that only costs time for one that never ends.
    const mayBe = mutants.filter((mutant) => mutant.file === file && (missed(mutant) || mutant.status === "Timeout"));
    const met = new Set(mayBe.map(({ text }) => text));
    for (const text of equivalentTexts(file).filter((one) => !met.has(one)))
      console.log(`equivalents.mjs names what did not survive: ${file}: ${text}`);
  }
  return score(mutants);
}

function equivalentTexts(file) {
  return (equivalents[file] ?? []).flatMap(({ mutants }) => mutants);
}

function incrementalFile(name) {
  return path.join(home, `${name}.json`);
}

/** Stryker does not see that a new test may notice what runs while a file is loaded: what was missed is tried again. */
function forgetMissed(file) {
  if (!fs.existsSync(file)) return;
  const report = JSON.parse(fs.readFileSync(file, "utf8"));
  for (const each of Object.values(report.files)) each.mutants = each.mutants.filter((mutant) => !missed(mutant));
  fs.writeFileSync(file, JSON.stringify(report));
}

function options(name) {
  return {
    mutate: [...folders[name].mutate, "!**/*.test.ts"],
    testRunner: "vitest",
    plugins: [path.join(home, "node_modules/@stryker-mutator/vitest-runner/dist/src/index.js")],
    vitest: { configFile: path.join(here, "vitest.config.mjs"), related: false },
    coverageAnalysis: "perTest",
    timeoutMS: 10_000, // on a busy machine a second may become five; most endless loops are stopped by their count
    concurrency: 1,
    incremental: true,
    incrementalFile: incrementalFile(name),
    force: values.force === true,
    tempDirName: path.join(home, "copies"),
    ignorePatterns: ["dist", "test/peers", "test/planted", "test/sim"],
    reporters: [process.stdout.isTTY ? "progress" : "progress-append-only"],
    logLevel: "warn",
    warnings: { slow: false },
  };
}

/** Installs Stryker as its lockfile says, unless that was done before. */
function install() {
  const stamp = path.join(home, "node_modules", ".holdfast-lockfile");
  const lockfile = fs.readFileSync(path.join(here, "package-lock.json"), "utf8");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === lockfile) return;
  console.log("mutate: installing Stryker (65 MB) into .holdfast/mutate");
  fs.mkdirSync(home, { recursive: true });
  for (const name of manifests) fs.copyFileSync(path.join(here, name), path.join(home, name));
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", args, { cwd: home, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) {
    console.error("mutate: npm could not install Stryker; its words are above");
    process.exit(1);
  }
  fs.writeFileSync(stamp, lockfile);
}

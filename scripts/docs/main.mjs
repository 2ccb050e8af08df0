/**
 * `node scripts/docs/main.mjs`: dead links, examples that do not compile; docs/sources.md in shape, its quick commands run;
 * what docs/connection-resets.md takes from the catalog and docs/settings.md from the rules, docs/fault.md from the faults, docs/folklore.md
 * from what experiments counted up to date (`--write` brings them up to date and does nothing else).
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import prettier from "prettier";
import { codeBlocks } from "./code-blocks.mjs";
import { workingTree } from "../house-rules/tree.mjs";
import { deadLinks } from "./links.mjs";
import { settingsTables } from "./path-rules.mjs";
import { resetIndex, withBlocks } from "./reset-index.mjs";
import { quickCommands, sourceFaults, sourceRows } from "./sources.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const sources = "docs/sources.md";
/** Pages with blocks that a program writes, and who makes them. */
const made = {
  "docs/connection-resets.md": resetBlocks,
  "docs/settings.md": settingsBlocks,
  "docs/fault.md": faultBlocks,
  "docs/folklore.md": folkloreBlocks,
};
/** A quick command takes seconds; one that takes a minute is (slow). */
const commandTimeoutMs = 60_000;

const current = await Promise.all(
  Object.entries(made).map(async ([page, blocks]) => [page, await pageWith(page, blocks)]),
);
if (process.argv.includes("--write")) {
  for (const [page, text] of current) fs.writeFileSync(path.join(root, page), text);
  process.exit();
}

const tree = workingTree(root);
const exists = (name) => fs.existsSync(path.join(root, name));
for (const [page, text] of current)
  if (tree.read(page) !== text)
    fail(`${page}: not what it is made from says now; node scripts/docs/main.mjs --write, and read what changed`);
for (const { file, line, text } of deadLinks(tree, exists)) fail(`${file}:${line}: ${text}`);

compileExamples();

const rows = sourceRows(tree.read(sources));
const faults = [...sourceFaults(rows, exists)];
for (const { line, text } of faults) fail(`${sources}:${line}: ${text}`);
if (faults.length === 0) {
  for (const [command, args] of quickCommands(rows)) {
    const result = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", timeout: commandTimeoutMs });
    if (result.status !== 0)
      fail(`${sources}: \`${command}\` failed (${result.signal ?? result.status})\n${result.stdout}${result.stderr}`);
  }
}
const count = (state) => rows.filter((row) => row.state === state).length;
console.log(
  `${rows.length} things in ${sources}: ${count("here")} here, ${count("otherwise")} done otherwise, ${count("not-yet")} not yet`,
);

/** A page with its blocks as the build left what they are made from, formatted as everything is. */
async function pageWith(page, blocks) {
  const file = path.join(root, page);
  const text = withBlocks(fs.readFileSync(file, "utf8"), await blocks());
  return prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
}

async function resetBlocks() {
  const [{ records }, { explain }, { shownTemplate }] = await Promise.all([
    built("catalog/dist/data/records.js"),
    built("catalog/dist/explain/index.js"),
    built("holdfast/dist/explain/shown-template.js"),
  ]);
  return resetIndex(records, explain, shownTemplate);
}

async function settingsBlocks() {
  return settingsTables(await built("path/dist/rules/index.js"), await built("path/dist/facts/index.js"));
}

async function faultBlocks() {
  const { faultListMarkdown } = await built("holdfast/dist/fault/fault-list.js");
  return { faults: faultListMarkdown((await built("lab/dist/fault/index.js")).faultTable) };
}

async function folkloreBlocks() {
  const [{ records }, { triedAdvice }, { folkloreChapters }] = await Promise.all([
    built("catalog/dist/data/records.js"),
    built("holdfast/dist/prove/folklore/advice.js"),
    built("holdfast/dist/prove/folklore/folklore-chapters.js"),
  ]);
  return { folklore: folkloreChapters(triedAdvice(records)) };
}

function built(file) {
  return import(pathToFileURL(path.join(root, "packages", file)).href);
}

/** Compiles every TypeScript block of every page as a module of its own, against the sources. */
function compileExamples() {
  const folder = path.join(root, ".holdfast", "examples");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const blocks = tree.files.filter((file) => file.endsWith(".md")).flatMap((file) => codeBlocks(file, tree.read(file)));
  if (blocks.length === 0) return;
  for (const { fileName, code } of blocks) fs.writeFileSync(path.join(folder, fileName), code);
  const config = {
    extends: path.join(root, "tsconfig.check.json"),
    compilerOptions: { moduleDetection: "force", noUnusedLocals: false },
    // With the declarations of what a package's build writes: the compiler follows imports, not these.
    include: ["*.ts", path.join(root, "packages", "*", "src", "**", "*.d.ts")],
  };
  fs.writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = path.join("node_modules", "typescript", "bin", "tsc");
  const result = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { cwd: root, encoding: "utf8" });
  // Files are named after the page and the line where the block begins, so the compiler's words lead there.
  if (result.status !== 0) fail(`TypeScript in a page does not compile (page.line.ts):\n${result.stdout}`);
}

function fail(text) {
  console.log(text);
  process.exitCode = 1;
}

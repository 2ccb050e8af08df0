/**
 * `npm run planted`: does the search find bugs that are there? Each `packages/grpc/test/planted/*.patch` is a bug, told in
 * its first lines. It is applied to a copy of the library, the files that it changes are compiled anew, and the search
 * must find it within 500 worlds; or, where the story begins with `Test: <file>`, that test must fail. A patch that does
 * not apply any more fails, too: the bug has to be planted anew.
 *
 * `npm run planted -- name…` plants those alone, `--seeds N` looks at fewer worlds. Two are looked for at a time.
 */
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import ts from "typescript";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const library = path.join(root, "packages", "grpc");
const patches = path.join(library, "test", "planted");
const atATime = 2;
/** Ten minutes: a search of 500 clean worlds takes two or three of CPU, on a machine that may be busy. */
const patienceMs = 600_000;

const usage = `usage: npm run planted -- [NAME...] [--seeds N]
         plants each bug of packages/grpc/test/planted, or those that are named, in a copy of the library, and requires
         that the search finds it within N worlds (default 500), or that the test fails which its story names`;
const { seeds, only } = readOptions();
const names = fs
  .readdirSync(patches)
  .filter((name) => name.endsWith(".patch"))
  .map((name) => path.basename(name, ".patch"))
  .filter((name) => only.length === 0 || only.includes(name))
  .sort();
const unknown = only.filter((name) => !names.includes(name));
if (unknown.length > 0) fail(`no bug ${unknown.join(", ")}; each is a file of packages/grpc/test/planted`);
let missed = 0;
let begun = 0;
await Promise.all(Array.from({ length: atATime }, work));
console.log(`${names.length} planted bugs, ${names.length - missed} found in ${Math.round(process.uptime())} s`);
process.exitCode = missed === 0 ? 0 : 1;

function readOptions() {
  const options = { seeds: { type: "string", default: "500" }, help: { type: "boolean", short: "h", default: false } };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    if (!/^[1-9][0-9]{0,6}$/.test(values.seeds)) fail(`--seeds ${values.seeds}: expected a whole number of 1 or more`);
    return { seeds: Number(values.seeds), only: positionals };
  } catch (error) {
    return fail(error.message);
  }
}

function fail(what) {
  console.error(`planted: ${what}\n${usage}`);
  process.exit(2);
}

/** Takes the next bug as long as there is one. */
async function work() {
  while (begun < names.length) {
    const name = names[begun++];
    const verdict = await withCopy((folder) => find(folder, name));
    if (!verdict.found) missed++;
    console.log(`${name}: ${verdict.text}`);
  }
}

/** A folder with the library, compiled and in source, for as long as `use` takes. */
async function withCopy(use) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-planted-"));
  try {
    const copy = path.join(folder, "packages", "grpc");
    for (const part of ["src", "dist", "test"]) {
      fs.cpSync(path.join(library, part), path.join(copy, part), { recursive: true });
    }
    for (const file of ["package.json", "tsconfig.json"])
      fs.copyFileSync(path.join(library, file), path.join(copy, file));
    fs.copyFileSync(path.join(root, "tsconfig.base.json"), path.join(folder, "tsconfig.base.json"));
    fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
    return await use(copy);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function find(folder, name) {
  const patch = path.join(patches, `${name}.patch`);
  const text = fs.readFileSync(patch, "utf8");
  const applied = spawnSync("git", ["apply", patch], { cwd: folder, encoding: "utf8" });
  if (applied.status !== 0) return missing(`does not apply any more: ${applied.stderr || applied.error?.message}`);
  for (const [, file] of text.matchAll(/^\+\+\+ b\/(\S+)$/gm)) {
    const wrong = compile(folder, file);
    if (wrong !== undefined) return missing(`does not compile any more: ${file}: ${wrong}`);
  }
  const test = /^Test: (\S+)/.exec(text)?.[1];
  return test === undefined ? await search(folder) : await runTest(folder, test);
}

/** What is wrong with its syntax; types are not looked at, a bug may leave something unused behind. */
function compile(folder, file) {
  const { outputText, diagnostics = [] } = ts.transpileModule(fs.readFileSync(path.join(folder, file), "utf8"), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  fs.writeFileSync(path.join(folder, file.replace(/^src\//, "dist/").replace(/\.ts$/, ".js")), outputText);
  return diagnostics[0] && ts.flattenDiagnosticMessageText(diagnostics[0].messageText, " ");
}

async function search(folder) {
  const program = path.join(folder, "dist", "sim", "search", "main.js");
  const { status, out, err } = await run([program, "--seeds", String(seeds), "--until-found", "--brief"], folder);
  const lines = out.split("\n");
  const line = lines.find((text) => text.startsWith("seed "));
  const cost = /(\d+) worlds .*?([\d.]+) s of CPU/.exec(out);
  const costText = cost === null ? "" : `after ${cost[1]} worlds and ${cost[2]} s of CPU, `;
  if (status === 1 && line !== undefined) return { found: true, text: `found ${costText}${line.slice(0, 200)}` };
  return missing(`NOT found in ${seeds} worlds (status ${status}) ${costText}${err.slice(0, 2_000)}`);
}

/** A test that fails has found it; one that does not even run has not. */
async function runTest(folder, test) {
  const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
  const { status, out, err } = await run([vitest, "run", "--root", folder, test], folder);
  const line = `${out}\n${err}`.split("\n").find((text) => /FAIL .* > /.test(text));
  if (status === 1 && line !== undefined)
    return { found: true, text: `found by ${line.replace(/.*FAIL\s+/, "").trim()}` };
  return missing(`NOT found by ${test} (status ${status}) ${err.slice(0, 2_000)}`);
}

function missing(text) {
  return { found: false, text };
}

/** Runs a program of Node to its end. */
function run(args, cwd) {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" };
    const child = spawn(process.execPath, args, { cwd, env, timeout: patienceMs });
    let out = "";
    let err = "";
    child.stdout.on("data", (bytes) => (out += bytes));
    child.stderr.on("data", (bytes) => (err += bytes));
    child.on("close", (status) => resolve({ status, out, err }));
  });
}

/**
 * `npm run planted`: does the search find bugs that are there? Each `packages/grpc/test/planted/*.patch` is a bug, told in
 * its first lines. It is applied to a copy of the library's sources, the copy is built, and the search must find it
 * within 200 worlds. A patch that does not apply any more fails, too: the bug has to be planted anew.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const library = path.join(root, "packages", "grpc");
const patches = path.join(library, "test", "planted");
const seeds = 200;

const only = process.argv.slice(2);
const names = fs
  .readdirSync(patches)
  .filter((name) => name.endsWith(".patch") && (only.length === 0 || only.includes(path.basename(name, ".patch"))))
  .sort();
if (names.length === 0) {
  console.error(`planted: no such bug; there are ${fs.readdirSync(patches).join(", ")}`);
  process.exit(2);
}
let missed = 0;
for (const name of names) {
  const verdict = withCopy((folder) => plant(folder, name) ?? search(folder));
  if (!verdict.found) missed++;
  console.log(`${path.basename(name, ".patch")}: ${verdict.text}`);
}
console.log(`${names.length} planted bugs, ${names.length - missed} found`);
process.exitCode = missed === 0 ? 0 : 1;

/** A folder with what a build of the library needs, for as long as `work` takes. */
function withCopy(work) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-planted-"));
  try {
    const copy = path.join(folder, "packages", "grpc");
    fs.cpSync(path.join(library, "src"), path.join(copy, "src"), { recursive: true });
    for (const file of ["package.json", "tsconfig.json"])
      fs.copyFileSync(path.join(library, file), path.join(copy, file));
    fs.copyFileSync(path.join(root, "tsconfig.base.json"), path.join(folder, "tsconfig.base.json"));
    fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
    return work(copy);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Undefined when the bug is in place and built. */
function plant(folder, name) {
  const applied = spawnSync("git", ["apply", path.join(patches, name)], { cwd: folder, encoding: "utf8" });
  if (applied.status !== 0) {
    return { found: false, text: `does not apply any more: ${applied.stderr || applied.error?.message}` };
  }
  const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
  // A bug may leave something unused behind.
  const args = [tsc, "-p", "tsconfig.json", "--noUnusedLocals", "false", "--noUnusedParameters", "false"];
  const built = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return built.status === 0 ? undefined : { found: false, text: `does not compile any more:\n${built.stdout}` };
}

function search(folder) {
  const program = path.join(folder, "dist", "sim", "search", "main.js");
  const args = [program, "--seeds", String(seeds), "--until-found"];
  // Five minutes: a search of 200 clean worlds takes some ten seconds.
  const run = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 300_000 });
  const line = run.stdout.split("\n").find((text) => text.startsWith("seed "));
  if (run.status === 1 && line !== undefined) return { found: true, text: `found: ${line.slice(0, 200)}` };
  return { found: false, text: `NOT found in ${seeds} worlds (status ${run.status}) ${run.stderr.slice(0, 2_000)}` };
}

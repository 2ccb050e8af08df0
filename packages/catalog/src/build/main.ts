/**
 * `node packages/catalog/dist/build/main.js`: compiles the entries into `dist/data`, and bundles what explains with them.
 * Whatever is wrong is printed and its entry left out, so that one broken file does not take the catalog away; the gate is
 * what refuses it.
 */

import fs from "node:fs";
import path from "node:path";
import { bundleExplain } from "./bundle-explain.ts";
import { compileCatalog } from "./compile-catalog.ts";
import { dataFiles } from "./data-files.ts";
import { problemText } from "./problem.ts";
import { readSources } from "./read-sources.ts";
import { sourceFiles } from "./source-files.ts";

const packageFolder = path.resolve(import.meta.dirname, "../..");
const dataFolder = path.join(packageFolder, "dist", "data");
const explainFolder = path.join(packageFolder, "dist", "explain");

const sources = readSources(sourceFiles(packageFolder));
for (const problem of sources.problems) process.stderr.write(`catalog: left out: ${problemText(problem)}\n`);

const files = dataFiles(compileCatalog(sources));
for (const [name, text] of files) write(path.join(dataFolder, name), text);
for (const name of fs.readdirSync(dataFolder, { recursive: true, encoding: "utf8" })) {
  if (/\.js(on)?$/.test(name) && !files.has(name.split(path.sep).join("/"))) fs.rmSync(path.join(dataFolder, name));
}
write(path.join(explainFolder, "bundle.js"), await bundleExplain(path.join(explainFolder, "index.js")));

/** By renaming, so that a program that is loading the old text never sees half of the new one. */
function write(file: string, text: string): void {
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  fs.writeFileSync(fresh, text);
  fs.renameSync(fresh, file);
}

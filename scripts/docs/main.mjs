/** `node scripts/docs/main.mjs`: dead links in every Markdown file; docs/sources.md in shape, and its quick commands run. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { workingTree } from "../house-rules/tree.mjs";
import { deadLinks } from "./links.mjs";
import { quickCommands, sourceFaults, sourceRows } from "./sources.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const sources = "docs/sources.md";
/** A quick command takes seconds; one that takes a minute is (slow). */
const commandTimeoutMs = 60_000;

const tree = workingTree(root);
for (const { file, line, text } of deadLinks(tree, (name) => fs.existsSync(path.join(root, name))))
  fail(`${file}:${line}: ${text}`);

const rows = sourceRows(tree.read(sources));
const faults = [...sourceFaults(rows)];
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

function fail(text) {
  console.log(text);
  process.exitCode = 1;
}

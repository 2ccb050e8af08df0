/**
 * `npm run catalog`: counts what is in the catalog, then says everything that is wrong with it, each rule's reason once.
 * Looks at the sources themselves, not at what an earlier build left. Exit status 1 when a rule found something.
 * With `--undecided` it also lists the pairs of entries with one text that no question tells apart. With `--judge` it
 * tries `explain` on the labelled sets instead (`../judge`).
 */

import fs from "node:fs";
import path from "node:path";
import { compileCatalog } from "../compile-catalog.ts";
import { readSources } from "../read-sources.ts";
import { sourceFiles } from "../source-files.ts";
import { countLines, undecidedPairs } from "./counts.ts";
import { experimentFiles } from "./experiment-files.ts";
import { saidOf } from "../judge/said-of.ts";
import type { GateInput } from "./gate-rule.ts";
import { gateRules } from "./gate-rules.ts";
import { libraryIds } from "./library-ids.ts";
import { projectTexts } from "./project-texts.ts";

if (process.argv.includes("--judge")) await import("../judge/main.ts");
else checkCatalog();

function checkCatalog(): void {
  const packageFolder = path.resolve(import.meta.dirname, "../../..");
  const sources = readSources(sourceFiles(packageFolder));
  const input: GateInput = {
    sources,
    compiled: compileCatalog(sources),
    libraryIds: libraryIds(),
    experiments: experimentFiles(path.resolve(packageFolder, "../lab/experiments")),
    said: saidOf,
    texts: projectTexts(path.resolve(packageFolder, "../..")),
  };

  const lines = [...countLines(input)];
  if (process.argv.includes("--undecided"))
    lines.push("", ...undecidedPairs(input).map(([one, other]) => `undecided ${one} and ${other}`));
  for (const rule of gateRules) {
    const findings = [...rule.check(input)];
    if (findings.length === 0) continue;
    process.exitCode = 1;
    lines.push("", `FAILED ${rule.id} (${findings.length}): ${rule.why}`);
    lines.push(...findings.map((finding) => `  ${finding}`));
  }
  fs.writeSync(process.stdout.fd, `${lines.join("\n")}\n`);
}

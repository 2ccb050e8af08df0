/**
 * `npm run catalog -- --judge [--misses] [--held-out]`: tries `explain` on the labelled sets and prints how it did.
 * `--misses` lists what went wrong in the half that may be tuned on, `--held-out` in the other one too.
 */

import fs from "node:fs";
import path from "node:path";
import { explain } from "../../explain/index.ts";
import { judge } from "./judge.ts";
import { judgeTable } from "./judge-table.ts";
import type { Half } from "./labelled-sets.ts";
import { readLabelledSets } from "./labelled-sets.ts";

const testFolder = path.resolve(import.meta.dirname, "../../../test");
const misses: Half[] = process.argv.includes("--misses") ? ["develop"] : [];
if (process.argv.includes("--held-out")) misses.push("held-out");

const judgement = judge(readLabelledSets(testFolder), explain);
fs.writeSync(process.stdout.fd, `${judgeTable(judgement, { misses }).join("\n")}\n`);

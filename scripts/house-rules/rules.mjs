/** All house rules: what no ready-made linter knows about this project. Each has a bad example in `scripts/bad-examples`. */
import { fileRules } from "./file-rules.mjs";
import { importCycle } from "./import-cycle.mjs";
import { textRules } from "./text-rules.mjs";

export const houseRules = [...textRules, ...fileRules, importCycle];

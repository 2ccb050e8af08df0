/** `node scripts/house-rules/main.mjs`: every breach of a house rule as file:line, each rule's reason once. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { houseRules } from "./rules.mjs";
import { workingTree } from "./tree.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const tree = workingTree(root);
for (const rule of houseRules) {
  const findings = [...rule.check(tree)];
  if (findings.length === 0) continue;
  process.exitCode = 1;
  console.log(`${rule.id}: ${rule.why}`);
  for (const { file, line, text } of findings) console.log(`  ${file}:${line}: ${text}`);
}

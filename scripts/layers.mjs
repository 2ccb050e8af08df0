/**
 * `npm run layers`: the import graph as it is, layer by layer, with the number of imports; those of types alone after a plus.
 * Lint says what it may be (`lint/layers.mjs`); this shows what it became.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { importsOf } from "./house-rules/imports.mjs";
import { workingTree } from "./house-rules/tree.mjs";
import { layerOf, layers } from "./lint/layers.mjs";

const tree = workingTree(path.resolve(path.dirname(fileURLToPath(import.meta.url)), ".."));
const edges = new Map(layers.map(({ name }) => [name, new Map()]));
const files = new Map();

for (const file of tree.files.filter((name) => !/\.(test|contract)\.ts$/.test(name))) {
  const from = layerOf(file)?.name;
  if (from === undefined) continue;
  files.set(from, (files.get(from) ?? 0) + 1);
  for (const { target, isType } of importsOf(file, tree.read(file))) {
    const to = layerOf(target)?.name;
    if (to === undefined || to === from) continue;
    const edge = edges.get(from).get(to) ?? { values: 0, types: 0 };
    edge[isType ? "types" : "values"]++;
    edges.get(from).set(to, edge);
  }
}

for (const [from, targets] of edges) {
  if (!files.has(from)) continue;
  const to = [...targets].map(([name, { values, types }]) => `${name} ${values}${types > 0 ? `+${types}` : ""}`);
  console.log(`${from.padEnd(11)} ${String(files.get(from)).padStart(3)} files → ${to.sort().join(", ") || "nothing"}`);
}

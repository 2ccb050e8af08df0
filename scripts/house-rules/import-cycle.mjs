/** The house rule against circles of imports. Who may import whom across layers is lint's business. */
import { importsOf } from "./imports.mjs";

/** @type {import("./tree.mjs").HouseRule} */
export const importCycle = {
  id: "import-cycle",
  why: "files that need each other at run time are one file in pieces, and which loads first decides what works",
  *check(tree) {
    const files = tree.files.filter((file) => /^packages\/[^/]+\/src\/.+\.ts$/.test(file));
    const graph = new Map(files.map((file) => [file, runtimeImports(tree, file)]));
    const done = new Set();
    for (const file of files) {
      const circle = findCircle(graph, file, [], done);
      if (circle !== undefined) yield { file: circle[0], line: 1, text: circle.join(" → ") };
    }
  },
};

function runtimeImports(tree, file) {
  return importsOf(file, tree.read(file)).flatMap(({ target, isType }) => (isType ? [] : [target]));
}

function findCircle(graph, file, path, done) {
  const start = path.indexOf(file);
  if (start !== -1) return [...path.slice(start), file];
  if (done.has(file)) return undefined;
  for (const next of graph.get(file) ?? []) {
    const circle = findCircle(graph, next, [...path, file], done);
    if (circle !== undefined) return circle;
  }
  done.add(file);
  return undefined;
}

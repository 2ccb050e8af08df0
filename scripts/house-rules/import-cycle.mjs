/** The house rule against circles of imports. Who may import whom across layers is lint's business. */

/** @type {import("./tree.mjs").HouseRule} */
export const importCycle = {
  id: "import-cycle",
  why: "files that need each other at run time are one file in pieces, and which loads first decides what works",
  *check(tree) {
    const files = tree.files.filter((file) => /^packages\/[^/]+\/src\/.+\.ts$/.test(file));
    const graph = new Map(files.map((file) => [file, importsOf(file, tree.read(file))]));
    const done = new Set();
    for (const file of files) {
      const circle = findCircle(graph, file, [], done);
      if (circle !== undefined) yield { file: circle[0], line: 1, text: circle.join(" → ") };
    }
  },
};

/** Imports of types alone are left out: they are gone when the code runs. */
function importsOf(file, text) {
  const folder = file.split("/").slice(0, -1);
  const statements = text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^;"']*?\sfrom\s+)?"(\.[^"]+)";/gm);
  return [...statements].map(([, specifier]) => join(folder, specifier));
}

function join(folder, specifier) {
  const parts = [...folder];
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
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

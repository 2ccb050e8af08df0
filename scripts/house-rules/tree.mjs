/** The files that rules look at: those that git knows or would add, by path from the root, each read once. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/**
 * @typedef {object} Tree
 * @property {readonly string[]} files paths from the root, sorted
 * @property {(file: string) => string} read
 * @typedef {{ file: string, line: number, text: string }} Finding
 * @typedef {{ id: string, why: string, check: (tree: Tree) => Iterable<Finding> }} HouseRule
 */

/** What is in the tree but not of our making, or bad on purpose. */
const notOurs = [/^package-lock\.json$/, /^bench\/limit\//, /^scripts\/bad-examples\//, /(^|\/)gen\//];
const texts = /\.(ts|mts|mjs|js|cjs|json|md|py|go|sh|yml|yaml|txt|proto)$|(^|\/)[^.]+$|^\.[^/]+$|^\.ci\//;

/** @returns {Tree} */
export function workingTree(root) {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  const files = listed.split("\n").filter((file) => {
    if (!texts.test(file) || notOurs.some((pattern) => pattern.test(file))) return false;
    return fs.statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile() ?? false;
  });
  return cached(files.sort(), (file) => fs.readFileSync(path.join(root, file), "utf8"));
}

/** @returns {Tree} */
export function treeOf(contents) {
  return cached(Object.keys(contents).sort(), (file) => contents[file]);
}

function cached(files, load) {
  const known = new Map();
  return {
    files,
    read(file) {
      if (!known.has(file)) known.set(file, load(file));
      return known.get(file);
    },
  };
}

/** Every match of a pattern in the files that `where` picks, one finding a line. */
export function* grep(tree, where, pattern) {
  for (const file of tree.files) {
    if (!where(file)) continue;
    const lines = tree.read(file).split("\n");
    for (const [index, text] of lines.entries()) {
      if (pattern.test(text)) yield { file, line: index + 1, text: text.trim() };
    }
  }
}

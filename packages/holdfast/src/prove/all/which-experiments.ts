/** Owns the choice of experiments by what a commit touched, or by turns. Asks git, and reads the experiments' imports. */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** CI runs one in so many besides what changed, so that all have had their turn after as many commits. */
const turns = 10;

/** Each turn has its own; the next commit is the next turn. */
export function tenthOf(ids: readonly string[], turn: number): readonly string[] {
  return ids.filter((_, at) => at % turns === turn % turns);
}

/** How many commits lead to this one. */
export function commitCount(root: string): number {
  return Number(git(root, "rev-list", "--count", "HEAD"));
}

/** Experiments whose own file, entry or world differs from where this branch left `origin/main`; on it, from the last commit. */
export function changedIds(root: string, ids: readonly string[]): readonly string[] {
  const files = changedFiles(root);
  return ids.filter((id) => touches(root, id, files));
}

function touches(root: string, id: string, files: readonly string[]): boolean {
  const source = `packages/lab/experiments/${id}.ts`;
  if (files.some((file) => file === source || file.startsWith(`packages/catalog/entries/${id}/`))) return true;
  const text = fs.existsSync(path.join(root, source)) ? fs.readFileSync(path.join(root, source), "utf8") : "";
  const imported = [...text.matchAll(/"#lab\/([^"]+)"/g)].map(([, name = ""]) => `packages/lab/src/${name}.ts`);
  return imported.some((file) => file.includes("/worlds/") && files.includes(file));
}

function changedFiles(root: string): readonly string[] {
  const head = git(root, "rev-parse", "HEAD");
  const base = mergeBase(root);
  const from = base === undefined || base === head ? "HEAD~1" : base;
  return git(root, "diff", "--name-only", from).split("\n");
}

function mergeBase(root: string): string | undefined {
  try {
    return git(root, "merge-base", "HEAD", "origin/main");
  } catch {
    return undefined; // a checkout without that remote
  }
}

function git(root: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

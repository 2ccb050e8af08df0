/** The experiments that the lab has, by their files: nothing of them is loaded. */

import fs from "node:fs";
import path from "node:path";

/** Ids of entries with an experiment below `folder`. */
export function experimentFiles(folder: string): ReadonlySet<string> {
  if (!fs.existsSync(folder)) return new Set();
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new Set(
    files.filter((file) => file.endsWith(".ts")).map((file) => file.slice(0, -".ts".length).split(path.sep).join("/")),
  );
}

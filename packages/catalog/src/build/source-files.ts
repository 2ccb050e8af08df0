/** Reads the source files of the catalog from the disk. The one file here that knows where they lie. */

import fs from "node:fs";
import path from "node:path";
import type { SourceFiles } from "./read-sources.ts";

/** `folder` is that of the package. Files whose names begin with a dot are an editor's, not ours. Sorted by path. */
export function sourceFiles(folder: string): SourceFiles {
  const files = ["entries", "questions"].flatMap((part) =>
    fs
      .readdirSync(path.join(folder, part), { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && !file.name.startsWith("."))
      .map((file) => path.join(file.parentPath, file.name)),
  );
  const named = files.map((file) => [path.relative(folder, file).split(path.sep).join("/"), file] as const);
  return new Map(
    named.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, file]) => [name, fs.readFileSync(file, "utf8")]),
  );
}

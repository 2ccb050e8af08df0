/** The texts of the project that name entries: its documents, and the sources of its packages without their tests. */

import fs from "node:fs";
import path from "node:path";

/** Path from the project's root, with `/` → text. */
export function projectTexts(root: string): ReadonlyMap<string, string> {
  const sources = fs.readdirSync(path.join(root, "packages")).map((name) => path.join("packages", name, "src"));
  const files = ["docs", ...sources].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => path.join(folder, name)),
  );
  const named = ["README.md", "ARCHITECTURE.md", ...files].filter(
    (file) => /\.(md|ts)$/.test(file) && !/\.test\.ts$/.test(file),
  );
  return new Map(named.map((file) => [file.split(path.sep).join("/"), fs.readFileSync(path.join(root, file), "utf8")]));
}

/** Owns a folder with what `holdfast settings` writes for a path, made inside the checkout so that Node finds its packages. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { planPath, readFacts, sourceTable, type TargetName, writePath } from "../../src/index.ts";
import type { TypedFacts } from "../../src/facts/index.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

export interface WrittenFolder {
  readonly folder: string;
  /** The last file for a target; `change` edits what a user would: names, ports, certificates. */
  file(target: TargetName, typed: TypedFacts, change?: (text: string) => string): string;
  remove(): void;
}

export function writtenFolder(): WrittenFolder {
  mkdirSync(join(root, ".holdfast"), { recursive: true });
  const folder = mkdtempSync(join(root, ".holdfast", "settings-"));
  let made = 0;
  return {
    folder,
    file: (target, typed, change = (text) => text) => {
      const files = writePath(planPath(readFacts(typed)), sourceTable);
      const written = files.findLast((each) => each.target === target);
      if (written === undefined) throw new Error(`no ${target} on ${typed.hops ?? "this path"}`);
      const inside = join(folder, String(made++));
      mkdirSync(inside);
      const file = join(inside, written.name);
      writeFileSync(file, change(written.text));
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Facts from one end of what may be said to the other: each file must be taken for all of them. */
export const variedFacts: readonly TypedFacts[] = [
  {},
  { idle: "20s", "longest-call": "endless", "longest-silence": "1h", repeatable: "yes" },
  {
    idle: "never",
    "longest-call": "50ms",
    calls: "100000",
    "message-size": "1GiB",
    "metadata-size": "48KiB",
    replicas: "1",
  },
  { idle: "4m", "longest-call": "24h", "drain-limit": "24h", deploys: "at-once", tls: "yes", "round-trip": "2s" },
];

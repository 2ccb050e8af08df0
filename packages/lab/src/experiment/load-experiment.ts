/** Owns finding experiments: each is a module of its own, found by its entry's id, loaded when it is wanted. */

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Experiment } from "./experiment.ts";

/** Experiments run as they are built: also from the sources under a test, where this file is in `src`. */
const folder = fileURLToPath(new URL("../../dist/experiments", import.meta.url));

/** Folders there that hold what experiments share. */
const notExperiments: ReadonlySet<string> = new Set(["shared"]);

/** Ids of all entries that have one, sorted. */
export function experimentIds(): readonly string[] {
  const domains = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return domains
    .filter(({ name }) => !notExperiments.has(name))
    .flatMap(({ name }) =>
      fs
        .readdirSync(path.join(folder, name))
        .filter((file) => file.endsWith(".js"))
        .map((file) => `${name}/${file.slice(0, -".js".length)}`),
    )
    .sort();
}

/** Undefined where this entry has no experiment. */
export async function loadExperiment(id: string): Promise<Experiment | undefined> {
  if (!experimentIds().includes(id)) return undefined;
  const module = (await import(pathToFileURL(path.join(folder, `${id}.js`)).href)) as { readonly default?: Experiment };
  if (module.default?.entry !== id) {
    throw new Error(`experiments/${id}.ts: expected its default export to be the experiment of ${id}`);
  }
  return module.default;
}

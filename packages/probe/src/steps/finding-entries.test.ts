/** What a diagnosis names, the catalog has. */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { findingEntries } from "./finding-entries.ts";

const entries = fileURLToPath(new URL("../../../catalog/entries/", import.meta.url));
const named = Object.entries(findingEntries).flatMap(([id, entry]) =>
  entry === undefined ? [] : [[id, entry] as const],
);

it.each(named)("%s: %s is an entry", (_, entry) => {
  expect(existsSync(`${entries}${entry}/entry.yaml`)).toBe(true);
});

/** Every entry of the catalog that a measure names is there. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const here = new URL(".", import.meta.url);
const entries = new URL("../../../catalog/entries/", import.meta.url);

it("names only entries that exist", () => {
  const known = new Set(
    readdirSync(entries).flatMap((group) =>
      readdirSync(new URL(`${group}/`, entries)).map((name) => `${group}/${name}`),
    ),
  );
  const groups = [...new Set([...known].map((id) => id.split("/")[0]))].join("|");
  const named = readdirSync(here)
    .filter((file) => /-words\.ts$|streams\.ts$/.test(file))
    .flatMap(
      (file) =>
        readFileSync(new URL(file, here), "utf8").match(new RegExp(`(?<=")(?:${groups})/[a-z0-9-]+(?=")`, "g")) ?? [],
    );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});

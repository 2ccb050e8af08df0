/** Owns which version of a library the lab pins, for what a driver says of itself. */

import { readFileSync } from "node:fs";

/** @throws Error for a library that is not among the lab's dependencies. */
export function pinnedVersion(library: string): string {
  const file = new URL("../../package.json", import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(file, "utf8")) as { dependencies: Record<string, string> };
  const version = dependencies[library];
  if (version === undefined) throw new Error(`the lab does not depend on ${library}`);
  return version;
}

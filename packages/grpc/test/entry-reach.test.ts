/** What a program loads that asks for a client and a server, and nothing else: parts with a subpath of their own stay away. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const source = path.resolve(import.meta.dirname, "../src");

/** The files that `file` loads when it is loaded, itself among them. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, specifier = ""] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"/gm))
    reach(path.resolve(path.dirname(file), specifier), seen);
  return seen;
}

it("the main entry does not load health, reflection, or an HTTP/1.1 server", () => {
  const files = [...reach(path.join(source, "index.ts"))].map((file) => path.relative(source, file));
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => /^(health|reflection|sim)\/|http-listener/.test(file))).toEqual([]);
  expect([...reach(path.join(source, "health/index.ts"))].some((file) => file.endsWith("http-listener.ts"))).toBe(true);
});

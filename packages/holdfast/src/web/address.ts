/**
 * Addresses of the site: which path a page has in each language, and how one page points to another. Served pages point by
 * absolute paths; exported ones by relative file names, so that they work below any folder and straight from a disk.
 */

import type { Language } from "@holdfast/catalog";

/** `served`: by `holdfast web`. `files`: written by `holdfast site`. */
export type Medium = "served" | "files";

/** `/graph` and `/zh/graph`; the front pages are `/` and `/zh/`. */
export function pathIn(language: Language, path: string): string {
  return language === "en" ? path : `/zh${path}`;
}

/** How the page at path `from` names `to`, which may carry a query or a fragment. */
export function linkTo(medium: Medium, from: string, to: string): string {
  if (medium === "served") return to;
  const [, path = "", rest = ""] = /^([^?#]*)(.*)$/.exec(to) ?? [];
  const file = fileOf(path);
  const here = fileOf(from).split("/").slice(0, -1);
  const there = file.split("/");
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  return "../".repeat(here.length - shared) + there.slice(shared).join("/") + rest;
}

/** The file that the export writes for a path, relative to its folder. */
export function fileOf(path: string): string {
  const name = path.slice(1);
  if (name === "" || name.endsWith("/")) return `${name}index.html`;
  if (/\.(?:html|json|md|ndjson|txt|xml|css|js|svg)$/.test(name)) return name;
  return name.startsWith("api/") ? `${name}.json` : `${name}.html`;
}

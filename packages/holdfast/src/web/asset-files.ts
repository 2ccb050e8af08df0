/** Style, programs of pages, icon and schemas: files that the build left, read when they are asked for. */

import { readFileSync } from "node:fs";
import type { SiteFile } from "./site-files.ts";

/** From the sources and from the compiled files alike this is `dist/assets` of the package. */
const assets = new URL("../../dist/assets/", import.meta.url);

const assetTypes = {
  "style.css": "text/css; charset=utf-8",
  "explain.js": "text/javascript; charset=utf-8",
  "search.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
} as const;

const ownAssetTypes = { "own-patterns.js": "text/javascript; charset=utf-8" } as const;

/** Published name → name in the catalog's data. */
const schemas = { record: "schema", "received-record": "received-record.schema" } as const;

/** `hasOwn`: there are records whose expressions a page compiles itself. */
export function assetFiles(hasOwn: boolean): readonly (readonly [path: string, file: SiteFile])[] {
  const fileAt = (type: string, at: URL): SiteFile => ({ type, body: () => readFileSync(at, "utf8") });
  return [
    ...Object.entries(hasOwn ? { ...assetTypes, ...ownAssetTypes } : assetTypes).map(
      ([name, type]) => [`/assets/${name}`, fileAt(type, new URL(name, assets))] as const,
    ),
    ...Object.entries(schemas).map(([name, file]) => {
      const at = new URL(import.meta.resolve(`@holdfast/catalog/data/${file}.json`));
      return [`/schema/${name}.json`, fileAt("application/schema+json", at)] as const;
    }),
  ];
}

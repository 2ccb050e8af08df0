/**
 * `node packages/holdfast/dist/build/main.js`: makes what the site's pages load: the style, and the programs that esbuild
 * bundles from the catalog and the pages' own code; and the one module that `holdfast explain` loads. Nothing else of
 * Holdfast is bundled.
 */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { records } from "@holdfast/catalog/data/records.js";
import { index } from "@holdfast/catalog/data/search-index.js";
import { answerWords } from "../web/answer-words.ts";
import { searchPageDocuments } from "../web/search-page-documents.ts";
import { bundleExplain } from "./bundle-explain.ts";
import { bundlePage } from "./bundle-page.ts";

const packageFolder = path.resolve(import.meta.dirname, "../..");
const compiled = path.join(packageFolder, "dist", "web", "page");
const styles = path.join(packageFolder, "src", "web", "style");
const assets = path.join(packageFolder, "dist", "assets");
const command = path.join(packageFolder, "dist", "explain");

mkdirSync(assets, { recursive: true });
write(
  path.join(assets, "explain.js"),
  await bundlePage(path.join(compiled, "explain.js"), "words", {
    en: answerWords(records, "en"),
    zh: answerWords(records, "zh"),
  }),
);
const search = { index, documents: searchPageDocuments(records) };
write(path.join(assets, "search.js"), await bundlePage(path.join(compiled, "search.js"), "search", search));
write(path.join(assets, "own-patterns.js"), await bundlePage(path.join(compiled, "own-patterns.js")));
for (const name of ["style.css", "icon.svg"])
  write(path.join(assets, name), readFileSync(path.join(styles, name), "utf8"));

write(path.join(command, "bundle.js"), await bundleExplain(path.join(command, "explain-at-once.js")));

/** By renaming, so that a program that is reading the old file never sees half of the new one. */
function write(file: string, text: string): void {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
}

/**
 * Everything that the site consists of, by path: pages in both languages, the other forms of each entry, lists for
 * programs. `holdfast web` serves these and `holdfast site` writes them; what depends on a request is not among them.
 */

import type { EntryRecord, Language } from "@holdfast/catalog";
import { recordJson, recordMarkdown } from "@holdfast/catalog/render";
import { pathIn, type Medium } from "./address.ts";
import { entryList } from "./api/entry-list.ts";
import { openapi } from "./api/openapi.ts";
import { assetFiles } from "./asset-files.ts";
import type { CatalogView } from "./catalog-view.ts";
import { pageContext, wholePage, type Page, type PageContext } from "./layout.ts";
import { llmsText, robotsText, sitemap } from "./machine-texts.ts";
import { entryPage } from "./pages/entry-page.ts";
import { frontPage } from "./pages/front-page.ts";
import { graphPage } from "./pages/graph-page.ts";
import { causesPage, entriesPage, implementationsPage, symptomsPage } from "./pages/index-pages.ts";
import { searchPage } from "./pages/search-page.ts";

export interface SiteFile {
  readonly type: string;
  /** `baseUrl`: where the site is, without a slash at its end, for the lists that need whole addresses. */
  readonly body: (baseUrl: string) => string;
}

export interface SiteOptions {
  readonly catalog: CatalogView;
  readonly medium: Medium;
}

const htmlType = "text/html; charset=utf-8";
const jsonType = "application/json";

const languages: readonly Language[] = ["en", "zh"];

export function siteFiles({ catalog, medium }: SiteOptions): ReadonlyMap<string, SiteFile> {
  const files = new Map<string, SiteFile>();
  const pagePaths: string[] = [];
  const addPage = (path: string, make: (context: PageContext) => Page): void => {
    for (const language of languages) {
      const context = pageContext(medium, language, path);
      pagePaths.push(pathIn(language, path));
      files.set(pathIn(language, path), { type: htmlType, body: () => wholePage(make(context), context) });
    }
  };
  addPage("/", (context) => frontPage(context));
  addPage("/entries", (context) => entriesPage(catalog, context));
  addPage("/symptoms", (context) => symptomsPage(catalog, context));
  addPage("/causes", (context) => causesPage(catalog, context));
  addPage("/implementations", (context) => implementationsPage(catalog, context));
  addPage("/graph", (context) => graphPage(catalog, context));
  addPage("/search", (context) => searchPage(context));
  for (const record of catalog.records) {
    addPage(`/${record.id}`, (context) => entryPage(record, (id) => catalog.byId.has(id), context));
    for (const [path, file] of recordFiles(record)) files.set(path, file);
  }
  const text = (body: SiteFile["body"]): SiteFile => ({ type: "text/plain; charset=utf-8", body });
  files.set("/api/v1/entries", {
    type: jsonType,
    body: () => `${JSON.stringify(entryList(catalog.records), null, 2)}\n`,
  });
  files.set("/openapi.json", { type: jsonType, body: (baseUrl) => `${JSON.stringify(openapi(baseUrl), null, 2)}\n` });
  files.set("/entries.ndjson", {
    type: "application/x-ndjson",
    body: () => catalog.records.map((record) => `${JSON.stringify(record)}\n`).join(""),
  });
  files.set(
    "/llms.txt",
    text(() => llmsText(catalog, medium)),
  );
  files.set("/robots.txt", text(robotsText));
  files.set("/sitemap.xml", { type: "application/xml", body: (baseUrl) => sitemap(pagePaths, medium, baseUrl) });
  for (const [path, file] of assetFiles()) files.set(path, file);
  return files;
}

function recordFiles(record: EntryRecord): readonly (readonly [path: string, file: SiteFile])[] {
  const json: SiteFile = { type: jsonType, body: () => recordJson(record) };
  return [
    [`/api/v1/entries/${record.id}`, json],
    ...languages.flatMap((language) => [
      [pathIn(language, `/${record.id}.json`), json] as const,
      [
        pathIn(language, `/${record.id}.md`),
        { type: "text/markdown; charset=utf-8", body: () => recordMarkdown(record, { language }) },
      ] as const,
    ]),
  ];
}

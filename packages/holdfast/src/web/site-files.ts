/**
 * Everything that the site consists of, by path: pages in both languages, the other forms of each entry, lists for
 * programs. `holdfast web` serves these and `holdfast site` writes them; what depends on a request is not among them.
 */

import type { Language } from "@holdfast/catalog";
import { recordJson, recordMarkdown } from "@holdfast/catalog/render";
import { pathIn } from "./address.ts";
import { entryList } from "./api/entry-list.ts";
import { openapi } from "./api/openapi.ts";
import { assetFiles } from "./asset-files.ts";
import type { CatalogView, ShownRecord } from "./catalog-view.ts";
import { addressProblem } from "./free-address.ts";
import { pageContext, wholePage, type Page, type PageContext, type Site } from "./layout.ts";
import { llmsText, robotsText, sitemap } from "./machine-texts.ts";
import { ownRecordsScript } from "./own-records.ts";
import { aliasPage } from "./pages/alias-page.ts";
import { apiPage } from "./pages/api-page.ts";
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

export interface SiteOptions extends Site {
  readonly catalog: CatalogView;
}

const htmlType = "text/html; charset=utf-8";
const jsonType = "application/json";
const scriptType = "text/javascript; charset=utf-8";
const ownRecordsPath = "/assets/own-records.js";

const languages: readonly Language[] = ["en", "zh"];

export function siteFiles({ catalog, ...site }: SiteOptions): ReadonlyMap<string, SiteFile> {
  const { medium } = site;
  const files = new Map<string, SiteFile>();
  const pagePaths: string[] = [];
  const addPage = (path: string, make: (context: PageContext) => Page): void => {
    for (const language of languages) {
      pagePaths.push(pathIn(language, path));
      files.set(pathIn(language, path), pageFile(make, pageContext(site, language, path)));
    }
  };
  addPage("/", (context) => frontPage(catalog, context));
  addPage("/entries", (context) => entriesPage(catalog, context));
  addPage("/symptoms", (context) => symptomsPage(catalog, context));
  addPage("/causes", (context) => causesPage(catalog, context));
  addPage("/implementations", (context) => implementationsPage(catalog, context));
  addPage("/graph", (context) => graphPage(catalog, context));
  addPage("/search", (context) => searchPage(catalog, context));
  addPage("/api", apiPage);
  for (const record of catalog.records) {
    addPage(`/${record.id}`, (context) => entryPage(record, catalog, context));
    for (const [path, file] of recordFiles(record, record.id)) files.set(path, file);
  }
  const text = (body: SiteFile["body"]): SiteFile => ({ type: "text/plain; charset=utf-8", body });
  files.set("/api/v1/entries", {
    type: jsonType,
    body: () => `${JSON.stringify(entryList(catalog), null, 2)}\n`,
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
  const hasOwn = catalog.brought.size > 0;
  for (const [path, file] of assetFiles(hasOwn)) files.set(path, file);
  if (hasOwn) files.set(ownRecordsPath, { type: scriptType, body: () => ownRecordsScript(catalog) });
  // A server sends on to the entry itself.
  if (medium === "files") for (const [path, file] of aliasFiles(catalog, site)) files.set(path, file);
  return files;
}

function pageFile(make: (context: PageContext) => Page, context: PageContext): SiteFile {
  return { type: htmlType, body: () => wholePage(make(context), context) };
}

/** Its other forms are there whole: nothing leads a program from one JSON file to another. */
function* aliasFiles({ aliases, byId }: CatalogView, site: Site): Generator<readonly [path: string, file: SiteFile]> {
  for (const [alias, id] of aliases) {
    const record = byId.get(id);
    if (record === undefined || addressProblem(alias) !== undefined) continue;
    for (const language of languages) {
      const context = pageContext(site, language, `/${alias}`);
      yield [pathIn(language, `/${alias}`), pageFile(() => aliasPage(record, context), context)];
    }
    yield* recordFiles(record, alias);
  }
}

/** Of a record under one of its names. */
function recordFiles(record: ShownRecord, name: string): readonly (readonly [path: string, file: SiteFile])[] {
  const json: SiteFile = { type: jsonType, body: () => recordJson(record) };
  return [
    [`/api/v1/entries/${name}`, json],
    ...languages.flatMap((language) => [
      [pathIn(language, `/${name}.json`), json] as const,
      [
        pathIn(language, `/${name}.md`),
        { type: "text/markdown; charset=utf-8", body: () => recordMarkdown(record, { language }) },
      ] as const,
    ]),
  ];
}

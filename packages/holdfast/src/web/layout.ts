/** The frame of every page: head, navigation, footer. Owns no content. */

import type { Language } from "@holdfast/catalog";
import { linkTo, pathIn, type Medium } from "./address.ts";
import { html, type Markup } from "./markup.ts";
import { siteWords } from "./site-words.ts";

/** What a whole site is like. */
export interface Site {
  readonly medium: Medium;
  /** There is the demo live. Default: no. */
  readonly hasLive?: boolean;
}

export interface PageContext extends Site {
  readonly language: Language;
  /** Without the language: `/graph`, `/tcp/fin-inflight`. */
  readonly path: string;
  /** An address for a path of the same language. */
  readonly link: (path: string) => string;
  /** An address for a path that has no language: a script, a schema. */
  readonly asset: (path: string) => string;
}

export interface Page {
  readonly title: string;
  readonly description: string;
  readonly body: Markup;
  /** Scripts below `/assets`. Default: none. */
  readonly scripts?: readonly string[];
  /** Other forms of the same thing, by their media type. */
  readonly alternates?: Readonly<Record<string, string>>;
  /** The page is as wide as the window. */
  readonly isWide?: boolean;
  /** Where its reader is taken at once: the address that it really has. */
  readonly movedTo?: string;
  /** A page that search engines pass over. */
  readonly isHidden?: boolean;
}

export function pageContext(site: Site, language: Language, path: string): PageContext {
  const from = pathIn(language, path);
  const { medium } = site;
  return {
    ...site,
    language,
    path,
    link: (to) => linkTo(medium, from, pathIn(language, to)),
    asset: (to) => linkTo(medium, from, to),
  };
}

/** Pages in the order of the navigation, and what each is called. */
export function navigation(language: Language, hasLive = false): readonly (readonly [path: string, name: string])[] {
  const words = siteWords[language];
  return [
    ["/entries", words.entries],
    ["/symptoms", words.symptoms],
    ["/causes", words.causes],
    ["/implementations", words.implementations],
    ["/graph", words.graph],
    ["/search", words.search],
    ...(hasLive ? [["/live", words.live] as const] : []),
  ];
}

export function wholePage(page: Page, context: PageContext): string {
  const { language, path, link, asset } = context;
  const words = siteWords[language];
  const other: Language = language === "en" ? "zh" : "en";
  const toOther = asset(pathIn(other, path));
  const alternates = Object.entries(page.alternates ?? {});
  const document = html`<!doctype html>
<html lang="${words.htmlLang}">
<head>
<meta charset="utf-8">
<title>${path === "/" ? `Holdfast: ${page.title}` : `${page.title} · Holdfast`}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${page.description}">
<meta name="color-scheme" content="light dark">
${page.movedTo !== undefined && html`<meta http-equiv="refresh" content="0; url=${page.movedTo}" /><link rel="canonical" href="${page.movedTo}" /> `}${page.isHidden === true && html`<meta name="robots" content="noindex" /> `}<link rel="stylesheet" href="${asset("/assets/style.css")}">
<link rel="icon" href="${asset("/assets/icon.svg")}" type="image/svg+xml">
<link rel="alternate" hreflang="${siteWords[other].htmlLang}" href="${toOther}">
${alternates.map(([type, to]) => html`<link rel="alternate" type="${type}" href="${to}" /> `)}${(
    page.scripts ?? []
  ).map((name) => html`<script defer src="${asset(`/assets/${name}`)}"></script> `)}</head>
<body${page.isWide === true && html` class="wide"`}>
<a class="skip" href="#content">${words.skip}</a>
<header class="site">
<a class="name" href="${link("/")}">Holdfast</a>
<nav aria-label="${words.navigation}"><ul>
${navigation(language, context.hasLive).map(
  ([to, name]) => html`<li><a href="${link(to)}" ${to === path && html` aria-current="page"`}>${name}</a></li> `,
)}<li class="language"><a href="${toOther}" lang="${siteWords[other].htmlLang}" hreflang="${siteWords[other].htmlLang}">${words.otherLanguage}</a></li>
</ul></nav>
</header>
<main id="content" tabindex="-1">
${page.body}
</main>
<footer class="site">
<p>${words.footer}</p>
<p>${words.machines}: <a href="${link("/api")}">API</a> · <a href="${asset("/openapi.json")}">OpenAPI</a> · <a href="${asset("/entries.ndjson")}">NDJSON</a> · <a href="${asset("/schema/record.json")}">JSON Schema</a> · <a href="${asset("/llms.txt")}">llms.txt</a></p>
</footer>
</body>
</html>
`;
  return document.text;
}

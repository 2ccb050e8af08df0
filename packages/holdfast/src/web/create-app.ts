/**
 * The routes of `holdfast web`. What does not depend on a request comes from `site-files.ts`; here are the questions that
 * need an answer of their own, and what a wrong request gets. Opens no socket.
 */

import { Hono, type Context } from "hono";
import type { Language } from "@holdfast/catalog";
import { createExplainer } from "@holdfast/catalog/explain";
import { createEntrySearch, type EntrySearch } from "../catalog/search-entries.ts";
import { nearestIds } from "../catalog/nearest-ids.ts";
import { pathIn } from "./address.ts";
import { answerWords } from "./answer-words.ts";
import { ApiError } from "./api/api-error.ts";
import { filteredEntries } from "./api/entry-list.ts";
import { explainGet, explainPost, readAnswers } from "./api/explain-request.ts";
import { bodyText, maxBodyBytes, tooLarge } from "./api/read-body.ts";
import { foundRecords, type CatalogView } from "./catalog-view.ts";
import { explanationHtml } from "./explanation-html.ts";
import { pageContext, wholePage, type PageContext, type Site } from "./layout.ts";
import { addLive } from "./live/add-live.ts";
import type { LiveRuns } from "./live/live-runs.ts";
import { html } from "./markup.ts";
import { frontPage } from "./pages/front-page.ts";
import { notFoundPage } from "./pages/not-found-page.ts";
import { searchPage } from "./pages/search-page.ts";
import { refuseForeign, secureHeaders } from "./request-rules.ts";
import { searchHtml } from "./search-html.ts";
import { siteFiles } from "./site-files.ts";
import { siteWords } from "./site-words.ts";

export interface AppOptions {
  readonly catalog: CatalogView;
  /** Names by which this server may be called besides `localhost`; any address may. Default: none. */
  readonly names?: readonly string[];
  /** What the live demo shows. Default: there is no such page. */
  readonly liveRuns?: LiveRuns;
}

/** Nobody types more. */
const maxQueryLetters = 200;

const languages: readonly Language[] = ["en", "zh"];

export function createApp({ catalog, names = [], liveRuns }: AppOptions): Hono {
  const site: Site = { medium: "served", hasLive: liveRuns !== undefined };
  const app = new Hono();
  const files = siteFiles({ catalog, ...site });
  app.use(secureHeaders, refuseForeign(names));
  app.onError((error, context) => {
    if (error instanceof ApiError) return error.toResponse();
    process.stderr.write(`holdfast web: ${context.req.method} ${context.req.path}: ${error.stack ?? error.message}\n`);
    return new ApiError(500, "internal", "the answer could not be made; the server's output says why").toResponse();
  });
  const search = searchOf(catalog);
  addApi(app, catalog, search);
  for (const language of languages) addForms(app, { catalog, site, language, search });
  if (liveRuns !== undefined) addLive(app, liveRuns);
  app.get("*", (context) => {
    const file = files.get(context.req.path);
    const { origin } = new URL(context.req.url);
    if (file !== undefined) return context.body(file.body(origin), 200, { "content-type": file.type });
    return elsewhere(catalog, site, context);
  });
  app.all("*", (context) => {
    if (files.has(context.req.path)) throw wrongMethod("GET, HEAD");
    return elsewhere(catalog, site, context);
  });
  return app;
}

/** The index is loaded at the first search. */
function searchOf(catalog: CatalogView): () => Promise<EntrySearch> {
  let search: Promise<EntrySearch> | undefined;
  return () => (search ??= createEntrySearch(foundRecords(catalog)));
}

function addApi(app: Hono, catalog: CatalogView, search: () => Promise<EntrySearch>): void {
  const json = (context: Context, value: unknown): Response =>
    context.body(`${JSON.stringify(value, null, 2)}\n`, 200, { "content-type": "application/json" });
  app.post("/api/v1/explain", async (context) => json(context, await explainPost(context.req.raw, catalog.patterns)));
  app.get("/api/v1/explain", (context) => json(context, explainGet(context.req.raw, catalog.patterns)));
  app.all("/api/v1/explain", () => {
    throw wrongMethod("GET, HEAD, POST");
  });
  app.get("/api/v1/entries", async (context) => {
    const { searchParams } = new URL(context.req.url);
    const words = searchParams.get("q")?.slice(0, maxQueryLetters);
    // English or Chinese only decides how a hit is shown, which is not part of this answer.
    const order = words === undefined ? undefined : (await search()).search(words, "en").map(({ id }) => id);
    return json(context, filteredEntries(catalog, searchParams, order));
  });
}

interface FormSetting {
  readonly catalog: CatalogView;
  readonly site: Site;
  readonly language: Language;
  readonly search: () => Promise<EntrySearch>;
}

/** Pages that take what somebody typed, for those without JavaScript. */
function addForms(app: Hono, { catalog, site, language, search }: FormSetting): void {
  const front = pageContext(site, language, "/");
  app.post(pathIn(language, "/"), async (context) => {
    const type = context.req.header("content-type") ?? "";
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      throw new ApiError(415, "unsupported-type", `content-type ${type}: expected the form of the front page`);
    }
    // Every byte of the text may take three in a form.
    const form = new URLSearchParams(await bodyText(context.req.raw, maxBodyBytes * 3));
    const text = form.get("text") ?? "";
    const answers = readAnswers(form.getAll("answer"));
    const page = frontPage(catalog, front, { text, answer: answerOf(text, answers, catalog, front) });
    return context.html(wholePage(page, front));
  });
  const page = pageContext(site, language, "/search");
  app.get(pathIn(language, "/search"), async (context) => {
    const query = context.req.query("q")?.slice(0, maxQueryLetters) ?? "";
    const hits = (await search()).search(query, language);
    const results = searchHtml(hits, query, language, (id) => page.link(`/${id}`));
    return context.html(wholePage(searchPage(catalog, page, { query, results }), page));
  });
}

function answerOf(
  text: string,
  answers: Readonly<Record<string, string>>,
  catalog: CatalogView,
  { language, link }: PageContext,
): ReturnType<typeof explanationHtml> {
  if (text.trim() === "") return html`<p>${siteWords[language].nothingPasted}</p>`;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > maxBodyBytes) throw tooLarge(maxBodyBytes);
  const explainer = createExplainer({ answers, foreign: catalog.patterns });
  explainer.push(bytes);
  const words = answerWords(catalog.records, language);
  return explanationHtml(explainer.end(), { language, words, answers, entryLink: (id) => link(`/${id}`) });
}

/** Another name of an entry leads there; anything else is not known, and the nearest names are offered. */
function elsewhere(catalog: CatalogView, site: Site, context: Context): Response {
  const { path } = context.req;
  const language: Language = path.startsWith("/zh/") || path === "/zh" ? "zh" : "en";
  const [, , name = "", form = ""] = /^(\/zh|\/api\/v1\/entries)?\/(.*?)(\.html|\.json|\.md|\/)?$/.exec(path) ?? [];
  const isApi = path.startsWith("/api/");
  const base = isApi ? "/api/v1/entries" : language === "zh" ? "/zh" : "";
  const id = catalog.aliases.get(name) ?? (catalog.byId.has(name) ? name : undefined);
  const kept = !isApi && (form === ".json" || form === ".md") ? form : "";
  const to = id === undefined ? undefined : `${base}/${id}${kept}`;
  if (to !== undefined && to !== path) return context.redirect(to, 301);
  if (path === "/zh") return context.redirect("/zh/", 301);
  const nearest = nearestIds(name, [...catalog.byId.keys()]);
  if (isApi || form === ".json" || !(context.req.header("accept") ?? "").includes("text/html")) {
    return new ApiError(404, "not-found", `nothing is known by the name ${name}`, { nearest }).toResponse();
  }
  const page = pageContext(site, language, "/");
  return context.html(wholePage(notFoundPage(catalog, path, nearest, page), page), 404);
}

function wrongMethod(allowed: string): ApiError {
  return new ApiError(405, "method-not-allowed", `expected ${allowed}`, { allowed });
}

/**
 * Owns the addresses of the live demo: the page in both languages, its events, Start and Stop, its program and its style.
 * What runs is `live-runs.ts`'s; that pages from elsewhere start nothing here is the app's care (`request-rules.ts`).
 */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Language } from "@holdfast/catalog";
import { pathIn } from "../address.ts";
import { ApiError } from "../api/api-error.ts";
import { bodyText } from "../api/read-body.ts";
import { pageContext, wholePage } from "../layout.ts";
import { Latest } from "./latest.ts";
import type { LiveRuns } from "./live-runs.ts";
import { planOf, readChoice } from "./page/live-choice.ts";
import { livePage } from "./page/live-page.ts";
import type { LiveView } from "./page/live-view.ts";
import { liveWords } from "./page/live-words.ts";
import { liveStyle } from "./live-style.ts";

const path = "/live";
/** Modules that the browser may load: the page's and what it stands on. */
const programFile = /^(?:markup|live\/page\/[a-z-]+)\.js$/;
/** Also when the sources run, under a test: a browser runs what was compiled. */
const programFolder = new URL("../../../dist/web/", import.meta.url);
/** As in `npm start`: six digits, to be typed again. */
const drawnSeeds = 1_000_000;
/** A choice has some thirty; nobody may fill the memory with one. */
const maxChoiceBytes = 1_024; // 1 KiB

/** Before whatever answers all other addresses. Whoever made `runs` closes them. */
export function addLive(app: Hono, runs: LiveRuns): void {
  for (const language of ["en", "zh"] as const) {
    app.get(pathIn(language, path), (context) => context.html(pageText(runs, language)));
  }
  app.get(`${path}/events`, (context) => events(context, runs));
  // No form of another page has this type, and a program there would have to ask first (CORS).
  app.post(`${path}/*`, async (context, next) => {
    if (!/^application\/json\b/.test(context.req.header("content-type") ?? "")) {
      throw new ApiError(415, "unsupported-type", "expected application/json");
    }
    await next();
  });
  app.post(`${path}/run`, (context) => start(context, runs));
  app.post(`${path}/stop`, (context) => {
    runs.stop();
    return context.body(null, 204);
  });
  app.get(`${path}/style.css`, (context) =>
    context.body(liveStyle, 200, { "content-type": "text/css; charset=utf-8" }),
  );
  app.get(`${path}/program/*`, async (context) => {
    const name = context.req.path.slice(`${path}/program/`.length);
    if (!programFile.test(name)) return context.notFound();
    const text = await readFile(fileURLToPath(new URL(name, programFolder)), "utf8").catch(() => undefined);
    if (text === undefined) return context.notFound();
    return context.body(text, 200, { "content-type": "text/javascript; charset=utf-8" });
  });
}

function pageText(runs: LiveRuns, language: Language): string {
  const { title, lead: description } = liveWords[language];
  const page = { title, description, body: livePage(runs.view(), language), isHidden: true };
  return wholePage(page, pageContext({ medium: "served", hasLive: true }, language, path));
}

/** Sends how things stand, whole each time; a viewer who reads slowly misses what lies between. */
function events(context: Context, runs: LiveRuns): Response {
  return streamSSE(context, async (stream) => {
    const latest = new Latest<LiveView>();
    const unwatch = runs.watch((view) => latest.put(view));
    stream.onAbort(() => latest.end());
    try {
      for await (const view of latest.values()) {
        if (stream.aborted) break;
        await stream.writeSSE({ event: "run", data: JSON.stringify(view) });
      }
    } finally {
      unwatch();
    }
  });
}

async function start(context: Context, runs: LiveRuns): Promise<Response> {
  const choice = readChoice(parsed(await bodyText(context.req.raw, maxChoiceBytes)));
  if (typeof choice === "string") return context.text(choice, 400);
  const isStarted = await runs.start(planOf(choice, Math.floor(Math.random() * drawnSeeds)));
  return isStarted ? context.body(null, 202) : context.text("a run is going on already", 409);
}

/** What is no JSON is no choice either. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

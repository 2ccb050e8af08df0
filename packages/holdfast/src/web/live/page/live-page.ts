/** Owns the page as a whole: what stands where, with and without a run. Pure; the frame around it is the site's. */

import type { Language } from "@holdfast/catalog";
import { html, type Markup } from "../../markup.ts";
import { countsTable } from "./counts-table.ts";
import { firstChoice, killChoices, secondsChoices } from "./live-choice.ts";
import type { LiveView } from "./live-view.ts";
import { liveWords, type LiveWords } from "./live-words.ts";
import { picture } from "./picture.ts";
import { statusText } from "./status-text.ts";
import { toldFailures } from "./told-failures.ts";

/** Until the browser has said how wide the page is; the picture shrinks to fit. */
const firstWidth = 720;

export function livePage(view: LiveView, language: Language): Markup {
  const words = liveWords[language];
  return html`<link rel="stylesheet" href="/live/style.css" />
    <div class="live" id="live" data-language="${language}">
      <h1>${words.title}</h1>
      <p class="lead-in">${words.lead}</p>
      <noscript
        ><p class="notice">${words.noScript} <code>npm start</code></p></noscript
      >
      <form id="live-form" hidden>
        ${options("kill", words.howBackendsGo, killChoices, firstChoice.kill, (kill) => words.kills[kill])}
        ${options("seconds", words.howLong, secondsChoices, firstChoice.seconds, words.seconds)}
        <p class="buttons">
          <button id="live-start" class="main">${words.start}</button>
          <button id="live-stop" type="button" disabled>${words.stop}</button>
        </p>
      </form>
      <p id="live-status" role="status">${statusText(view, words)}</p>
      <div id="live-run">${runMarkup(view, firstWidth, language)}</div>
      <p class="terminal">${words.next} <code>npx holdfast demo</code></p>
    </div>
    <script type="module" src="/live/program/live/page/main.js"></script>`;
}

/** The parts that change while a run goes on, by their ids. */
export interface LiveParts {
  readonly clock: Markup;
  readonly picture: Markup;
  readonly counts: Markup;
  readonly failures: Markup;
}

export function liveParts(view: Extract<LiveView, { kind: "run" }>, width: number, language: Language): LiveParts {
  const words = liveWords[language];
  return {
    clock: html`${words.clock((view.elapsedMs / 1_000).toFixed(1), String(view.plan.forMs / 1_000))}`,
    picture: picture(view, width, words),
    counts: countsTable(view.clients, words),
    failures: toldFailures(view.failures, language),
  };
}

/** Everything that a run adds to the page. */
export function runMarkup(view: LiveView, width: number, language: Language): Markup {
  if (view.kind === "idle") return html``;
  const words = liveWords[language];
  const parts = liveParts(view, width, language);
  return html`<figure>
      <figcaption><span class="caption">${words.picture}</span> <span id="live-clock">${parts.clock}</span></figcaption>
      <div id="live-picture">${parts.picture}</div>
      <ul class="legend">
        <li class="read">${words.legendRead}</li>
        <li class="write">${words.legendWrite}</li>
        <li class="term">${words.legendTerm}</li>
        <li class="kill">${words.legendKill}</li>
      </ul>
    </figure>
    <h2>${words.counts}</h2>
    <div id="live-counts">${parts.counts}</div>
    <p class="quiet">${words.countsNote}</p>
    <h2>${words.failures}</h2>
    <div id="live-failures">${parts.failures}</div>`;
}

function options<Value extends string | number>(
  name: string,
  label: string,
  values: readonly Value[],
  first: Value,
  textOf: (value: Value) => LiveWords["title"],
): Markup {
  return html`<p>
    <label for="live-${name}">${label}</label>
    <select id="live-${name}" name="${name}">
      ${values.map(
        (value) => html`<option value="${value}" ${value === first && html` selected`}>${textOf(value)}</option>`,
      )}
    </select>
  </p>`;
}

/**
 * The program of the live page: listens to the server's events, draws the latest, and tells the server Start and Stop. All
 * that it shows is made by code that the server shares.
 */

/// <reference lib="dom" />

import type { Language } from "@holdfast/catalog";
import { readChoice } from "./live-choice.ts";
import { liveParts, runMarkup } from "./live-page.ts";
import type { LiveView, RunView } from "./live-view.ts";
import { liveWords, type LiveWords } from "./live-words.ts";
import { statusText } from "./status-text.ts";

/** Narrower than this the picture is scaled instead. */
const narrowestPicture = 240;
/** For those who want little motion: once for each restart. */
const calmEveryMs = 2_000;

class LivePage {
  readonly #language: Language;
  readonly #words: LiveWords;
  readonly #form = element("live-form", HTMLFormElement);
  readonly #start = element("live-start", HTMLButtonElement);
  readonly #stop = element("live-stop", HTMLButtonElement);
  readonly #status = element("live-status", HTMLElement);
  readonly #run = element("live-run", HTMLElement);
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #view: LiveView = { kind: "idle" };
  /** Which run the page has its parts for. */
  #shownNumber = 0;
  #drawnAtMs = 0;
  #isDue = false;

  constructor(page: HTMLElement) {
    this.#language = page.dataset["language"] === "zh" ? "zh" : "en";
    this.#words = liveWords[this.#language];
  }

  begin(): void {
    const events = new EventSource("/live/events");
    events.addEventListener("run", (event: MessageEvent<string>) => this.#take(JSON.parse(event.data) as LiveView));
    events.addEventListener("error", () => this.#say(this.#words.offline));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#askToStart();
    });
    this.#stop.addEventListener("click", () => void this.#post("/live/stop", {}));
    // A page that is left must not keep a run alive, nor one that comes back be deaf.
    addEventListener("pagehide", () => events.close());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    new ResizeObserver(() => this.#draw()).observe(this.#run);
    this.#form.hidden = false;
  }

  #take(view: LiveView): void {
    const before = this.#view;
    this.#view = view;
    const isOn = view.kind === "run" && view.ending === undefined;
    this.#start.disabled = isOn;
    this.#stop.disabled = !isOn;
    this.#say(statusText(view, this.#words));
    const isNews = view.kind !== before.kind || (view.kind === "run" && before.kind === "run" && isTurn(before, view));
    if (isNews || !this.#calm.matches || performance.now() - this.#drawnAtMs >= calmEveryMs) this.#drawSoon();
  }

  async #askToStart(): Promise<void> {
    const form = new FormData(this.#form);
    const choice = readChoice({ kill: form.get("kill"), seconds: Number(form.get("seconds")) });
    if (typeof choice === "string") return this.#say(choice);
    this.#start.disabled = true;
    const refusal = await this.#post("/live/run", choice);
    if (refusal === undefined) return;
    this.#start.disabled = false;
    this.#say(`${this.#words.refused}: ${refusal}`);
  }

  /** Undefined if the server has agreed. */
  async #post(address: string, body: object): Promise<string | undefined> {
    try {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
      return answer.ok ? undefined : await answer.text();
    } catch (error) {
      return String(error);
    }
  }

  /** Only what is new is put in: it may be read out. */
  #say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** A second viewer sees what the first has chosen. */
  #showChoice({ plan }: RunView): void {
    const chosen = { kill: plan.kill, seconds: String(plan.forMs / 1_000) };
    for (const [name, value] of Object.entries(chosen)) element(`live-${name}`, HTMLSelectElement).value = value;
  }

  #drawSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const view = this.#view;
    if (view.kind === "idle") return;
    this.#drawnAtMs = performance.now();
    const width = Math.max(narrowestPicture, Math.floor(this.#run.clientWidth));
    if (this.#shownNumber !== view.number) {
      this.#showChoice(view);
      this.#run.innerHTML = runMarkup(view, width, this.#language).text;
      this.#shownNumber = view.number;
      return;
    }
    const parts = liveParts(view, width, this.#language);
    put("live-clock", parts.clock.text);
    put("live-picture", parts.picture.text);
    put("live-counts", parts.counts.text);
    put("live-failures", parts.failures.text);
  }
}

/** It has come to another phase, and that is worth drawing at once. */
function isTurn(before: RunView, now: RunView): boolean {
  return before.number !== now.number || before.phase !== now.phase || before.ending !== now.ending;
}

const put = (() => {
  const shown = new Map<string, string>();
  return (id: string, markup: string): void => {
    const place = element(id, HTMLElement);
    // What has not changed keeps its selection; a link that has the focus keeps that.
    if (shown.get(id) === markup && place.hasChildNodes()) return;
    const focused = place.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    place.innerHTML = markup;
    shown.set(id, markup);
    if (typeof focused === "string") place.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
  };
})();

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${id}`);
}

new LivePage(element("live", HTMLElement)).begin();

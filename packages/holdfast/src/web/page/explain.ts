/**
 * The program of the front page: explains in the browser what is pasted or read from a file. Nothing is sent anywhere. It
 * is bundled with the catalog's texts at build time; everything that it shows is made by code that the server shares.
 */

/// <reference lib="dom" />
/// <reference lib="dom.asynciterable" />

import type { Language } from "@holdfast/catalog";
import { createExplainer, type Explainer, type ForeignPattern } from "@holdfast/catalog/explain";
import type { AnswerWords } from "../answer-words.ts";
import { explanationHtml } from "../explanation-html.ts";
import { siteWords } from "../site-words.ts";
import { words } from "#page/words";

/** One turn of work between two paints: some ten milliseconds. */
const pieceBytes = 1_048_576; // 1 MiB

class AskPage {
  readonly #form: HTMLFormElement;
  readonly #text: HTMLTextAreaElement;
  readonly #file: HTMLInputElement;
  readonly #status: HTMLElement;
  readonly #answer: HTMLElement;
  readonly #language: Language;
  readonly #entryLink: (id: string) => string;
  readonly #words: AnswerWords;
  /** Of records that somebody brought along. */
  #foreign: Promise<readonly ForeignPattern[]> | undefined;
  /** What the last answer came from; other answers to its questions need no second reading. */
  #explainer: Explainer | undefined;
  #answers: Readonly<Record<string, string>> = {};
  /** Counts the readings, so that one that was overtaken stops. */
  #turn = 0;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#text = element("text", HTMLTextAreaElement);
    this.#file = element("file", HTMLInputElement);
    this.#status = element("status", HTMLElement);
    this.#answer = element("answers", HTMLElement);
    this.#language = form.dataset["language"] === "zh" ? "zh" : "en";
    const pattern = form.dataset["entry"] ?? "";
    this.#entryLink = (id) => pattern.replace("domain/slug", id);
    this.#words = wordsIn(this.#language);
  }

  start(): void {
    this.#form.addEventListener("submit", (event) => {
      const { submitter } = event;
      const choice = submitter instanceof HTMLButtonElement && submitter.name === "answer" ? submitter.value : "";
      // The server's answer came before this program was there; the server takes the answer to its question, too.
      if (choice !== "" && this.#explainer === undefined) return;
      event.preventDefault();
      if (choice === "") void this.#explainText();
      else this.#take(choice);
    });
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#form.requestSubmit();
    });
    this.#file.addEventListener("change", () => {
      const file = this.#file.files?.[0];
      if (file !== undefined) void this.#readFile(file);
    });
    for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-example]")) {
      button.addEventListener("click", () => {
        this.#text.value = button.dataset["example"] ?? "";
        void this.#explainText();
      });
    }
    for (const each of document.querySelectorAll<HTMLElement>(".with-script")) each.hidden = false;
  }

  async #explainText(): Promise<void> {
    if (this.#text.value.trim() === "") {
      this.#status.textContent = siteWords[this.#language].nothingPasted;
      this.#text.focus();
      return;
    }
    await this.#read(new Blob([this.#text.value]));
  }

  async #readFile(file: File): Promise<void> {
    const site = siteWords[this.#language];
    try {
      if (file.size > 0) await this.#read(file);
      else this.#status.textContent = site.fileEmpty(file.name);
    } catch {
      // It was removed or changed after it was chosen, or it is a folder.
      this.#status.textContent = site.fileUnreadable(file.name);
    }
  }

  async #read(blob: Blob): Promise<void> {
    const turn = ++this.#turn;
    const foreign = await (this.#foreign ??= compiledForeign());
    const explainer = createExplainer({ foreign });
    this.#status.textContent = "";
    for (let at = 0; at < blob.size; at += pieceBytes) {
      const piece = await blob.slice(at, at + pieceBytes).arrayBuffer();
      if (turn !== this.#turn) return;
      explainer.push(new Uint8Array(piece));
      if (at > 0) this.#status.textContent = siteWords[this.#language].reading((at / pieceBytes).toFixed(0));
    }
    this.#status.textContent = "";
    this.#explainer = explainer;
    this.#answers = {};
    this.#show();
  }

  #take(choice: string): void {
    const [question = "", answer = ""] = choice.split("=");
    this.#answers = { ...this.#answers, [question]: answer };
    this.#show();
  }

  #show(): void {
    const explanation = this.#explainer?.end(this.#answers);
    if (explanation === undefined) return;
    this.#answer.innerHTML = explanationHtml(explanation, {
      language: this.#language,
      words: this.#words,
      answers: this.#answers,
      entryLink: this.#entryLink,
    }).text;
    document.getElementById("answer")?.focus();
  }
}

/** Their own words before ours. */
function wordsIn(language: Language): AnswerWords {
  const ours = words[language];
  const own = globalThis.holdfastOwnRecords?.words[language];
  if (own === undefined) return ours;
  return { entries: { ...ours.entries, ...own.entries }, questions: { ...ours.questions, ...own.questions } };
}

/** The server has refused what this engine would refuse: it is the same. */
async function compiledForeign(): Promise<readonly ForeignPattern[]> {
  const sources = globalThis.holdfastOwnRecords?.sources ?? [];
  return (await globalThis.holdfastCompileForeign?.(sources))?.patterns ?? [];
}

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${id}`);
}

const form = document.getElementById("ask");
if (form instanceof HTMLFormElement) new AskPage(form).start();

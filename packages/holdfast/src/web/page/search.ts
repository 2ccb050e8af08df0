/** The program of the exported search page: finds while one types, in the browser. Nothing is sent anywhere. */

/// <reference lib="dom" />

import type { Language } from "@holdfast/catalog";
import { searchEntries } from "../search-entries.ts";
import { searchHtml } from "../search-html.ts";
import { documents } from "#page/documents";

function start(form: HTMLFormElement, input: HTMLInputElement, results: HTMLElement): void {
  const language: Language = form.dataset["language"] === "zh" ? "zh" : "en";
  const pattern = form.dataset["entry"] ?? "";
  const show = (): void => {
    const hits = searchEntries(documents, input.value).map(({ document: { id, title }, text }) => {
      return { id, title: title[language], ...(text === undefined ? {} : { match: text }) };
    });
    results.innerHTML = searchHtml(hits, input.value, language, (id) => pattern.replace("domain/slug", id)).text;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  input.addEventListener("input", show);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked !== null) input.value = asked;
  if (input.value !== "") show();
}

const form = document.getElementById("search");
const input = document.getElementById("words");
const results = document.getElementById("results");
if (form instanceof HTMLFormElement && input instanceof HTMLInputElement && results !== null)
  start(form, input, results);

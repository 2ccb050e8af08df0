/** The program of the exported search page: finds while one types, in the browser. Nothing is sent anywhere. */

/// <reference lib="dom" />

import type { Language } from "@holdfast/catalog";
import { createRecordSearch, extendIndex } from "@holdfast/catalog/search";
import { searchHtml } from "../search-html.ts";
import { search as data } from "#page/search";

function start(form: HTMLFormElement, input: HTMLInputElement, results: HTMLElement): void {
  const language: Language = form.dataset["language"] === "zh" ? "zh" : "en";
  const pattern = form.dataset["entry"] ?? "";
  const own = globalThis.holdfastOwnRecords?.documents ?? [];
  const byId = new Map([...data.documents, ...own].map((document) => [document.id, document]));
  const { search } = createRecordSearch(extendIndex(data.index, own), (id) => byId.get(id)?.texts);
  const show = (): void => {
    const hits = search(input.value, language).map(({ id, match }) => {
      return { id, title: byId.get(id)?.title[language] ?? id, match };
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

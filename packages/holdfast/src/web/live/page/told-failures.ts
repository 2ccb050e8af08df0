/** Owns the latest failures as words on the page: what the client was told, and where to read on. Pure. */

import type { Language } from "@holdfast/catalog";
import { html, type Markup } from "../../markup.ts";
import type { EntryLink, ToldFailure } from "./live-view.ts";
import { liveWords, type LiveWords } from "./live-words.ts";

/** Six fill a screen without its being scrolled. */
const shown = 6;

export function toldFailures(failures: readonly ToldFailure[], language: Language): Markup {
  const words = liveWords[language];
  if (failures.length === 0) return html`<p class="quiet">${words.noFailures}</p>`;
  return html`<ul class="told">
    ${failures.slice(0, shown).map((failure) => item(failure, language, words))}
  </ul>`;
}

function item(failure: ToldFailure, language: Language, words: LiveWords): Markup {
  const { client, method, code, processed, text, count, atMs, entry } = failure;
  const often = count > 1 && ` · ${words.times(words.number(count))}`;
  return html`<li class="${client}">
    <p class="whose"><b>${client}</b> ${method} · ${words.at((atMs / 1_000).toFixed(1))}${often}</p>
    <p class="says">
      ${!text.includes(code) && html`<code>${code}</code> `}${text}${processed !== undefined && html` <span class="processed">${words.told[processed]}</span>`}
    </p>
    ${entry !== undefined && html`<p class="reading">${entryLink(entry, language, words)}</p>`}
  </li>`;
}

function entryLink({ id, title, titleZh, others }: EntryLink, language: Language, words: LiveWords): Markup {
  const address = `${language === "zh" ? "/zh" : ""}/${id}`;
  return html`<a href="${address}">${language === "zh" ? titleZh : title}</a>${
      others > 0 && html` <span class="quiet">${words.others(others)}</span>`
    }`;
}

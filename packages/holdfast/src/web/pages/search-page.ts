/** The page of the search: a form that a server answers, or, in an export, the page's own program. */

import type { CatalogView } from "../catalog-view.ts";
import type { Page, PageContext } from "../layout.ts";
import { html, type Markup } from "../markup.ts";
import { siteWords } from "../site-words.ts";

export interface SearchAnswer {
  readonly query: string;
  readonly results: Markup;
}

export function searchPage(
  { brought }: CatalogView,
  { language, link, path, medium }: PageContext,
  given?: SearchAnswer,
): Page {
  const words = siteWords[language];
  return {
    title: words.search,
    description: words.searchLead,
    // A server knows the whole entries, so it answers itself.
    scripts: medium === "files" ? [...(brought.size > 0 ? ["own-records.js"] : []), "search.js"] : [],
    body: html`<div class="search">
      <h1>${words.search}</h1>
      <p class="lead-in">${words.searchLead}</p>
      <form
        id="search"
        role="search"
        method="get"
        action="${link(path)}"
        data-language="${language}"
        data-entry="${link("/domain/slug")}"
      >
        <label for="words">${words.searchLabel}</label>
        <div class="actions">
          <input
            type="search"
            id="words"
            name="q"
            value="${given?.query ?? ""}"
            autocomplete="off"
            spellcheck="false"
          />
          <button class="main">${words.search}</button>
        </div>
      </form>
      ${
        medium === "files" &&
        html`<noscript
          ><p class="quiet">${words.noScript}</p>
          <pre><code>npx holdfast search keepalive</code></pre>
        </noscript>`
      }
      <section id="results" aria-live="polite">${given?.results}</section>
    </div>`,
  };
}

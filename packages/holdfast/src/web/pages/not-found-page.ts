/** The page for an address that names nothing: it says so and offers the nearest names. */

import { titleOf, type CatalogView } from "../catalog-view.ts";
import type { Page, PageContext } from "../layout.ts";
import { html } from "../markup.ts";
import { siteWords } from "../site-words.ts";

export function notFoundPage(
  { byId }: CatalogView,
  asked: string,
  nearest: readonly string[],
  { language, link }: PageContext,
): Page {
  const words = siteWords[language];
  const records = nearest.flatMap((id) => byId.get(id) ?? []);
  return {
    title: words.notFoundTitle,
    description: words.notFound(asked),
    isHidden: true,
    body: html`<div class="index">
      <h1>${words.notFoundTitle}</h1>
      <p class="lead-in">${words.notFound(asked)}</p>
      ${
        records.length > 0 &&
        html`<p>${words.nearest}</p>
          <ul class="failures">
            ${records.map((record) => html`<li><a href="${link(`/${record.id}`)}">${titleOf(record, language)}</a> <code class="id">${record.id}</code></li> `)}
          </ul>`
      }
      <p><a href="${link("/")}">${words.frontTitle}</a> · <a href="${link("/entries")}">${words.entries}</a></p>
    </div>`,
  };
}

/** In an export, which cannot redirect: the page at another name of an entry, which leads on to the entry. */

import { titleOf, type ShownRecord } from "../catalog-view.ts";
import type { Page, PageContext } from "../layout.ts";
import { html } from "../markup.ts";
import { siteWords } from "../site-words.ts";

export function aliasPage(record: ShownRecord, { language, link }: PageContext): Page {
  const title = titleOf(record, language);
  const to = link(`/${record.id}`);
  return {
    title,
    description: siteWords[language].moved,
    movedTo: to,
    isHidden: true,
    body: html`<div class="index">
      <h1>${title}</h1>
      <p class="lead-in">${siteWords[language].moved} <a href="${to}">${record.id}</a></p>
    </div>`,
  };
}

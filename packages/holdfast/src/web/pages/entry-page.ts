/** The page of one entry: the record as the catalog renders it, with the picture of its frames and a list of its parts. */

import type { EntryRecord } from "@holdfast/catalog";
import { recordHtml } from "@holdfast/catalog/render";
import { pathIn } from "../address.ts";
import { titleOf } from "../catalog-view.ts";
import type { Page, PageContext } from "../layout.ts";
import { html, trusted } from "../markup.ts";
import { sequencePicture } from "../picture/sequence-picture.ts";
import { siteWords } from "../site-words.ts";

export function entryPage(record: EntryRecord, isKnown: (id: string) => boolean, context: PageContext): Page {
  const { language, link, asset } = context;
  const words = siteWords[language];
  const title = titleOf(record, language);
  const json = link(`/${record.id}.json`);
  const markdown = link(`/${record.id}.md`);
  const label = `${words.sequence}: ${title}`;
  const picture = html`<div class="picture" tabindex="0" role="region" aria-label="${words.sequence}">
    ${sequencePicture(record.wire, { label, actors: words.actors })}
  </div>`;
  const article = recordHtml(record, {
    language,
    wirePicture: picture.text,
    links: {
      json,
      markdown,
      otherLanguage: asset(pathIn(language === "en" ? "zh" : "en", `/${record.id}`)),
      entry: (id) => (isKnown(id) ? link(`/${id}`) : undefined),
    },
  });
  return {
    title,
    description: language === "zh" ? record.happened_zh : record.happened,
    body: html`<div class="entry">
      <nav class="contents" aria-label="${words.onThisPage}">
        <p>${words.onThisPage}</p>
        <ul>
          ${headingsOf(article).map(({ id, text }) => html`<li><a href="#${id}">${trusted(text)}</a></li> `)}
        </ul>
      </nav>
      ${trusted(article)}
    </div>`,
    alternates: { "application/json": json, "text/markdown": markdown },
  };
}

/** The renderer writes its second headings all in one form; text is escaped already. */
function headingsOf(article: string): readonly { readonly id: string; readonly text: string }[] {
  return [...article.matchAll(/<h2 id="([\w-]+)"[^>]*>([^<]*)<\/h2>/g)].map(([, id = "", text = ""]) => ({ id, text }));
}

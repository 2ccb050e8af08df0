/** The page of one entry: the record as the catalog renders it, with the picture of its frames and a list of its parts. */

import type { EntryRecord, Language } from "@holdfast/catalog";
import { isEntryRecord, recordHtml, type HtmlOptions } from "@holdfast/catalog/render";
import { pathIn } from "../address.ts";
import { faceWords } from "../../explain/face-words.ts";
import { happenedOf, titleOf, type BroughtFrom, type CatalogView, type ShownRecord } from "../catalog-view.ts";
import type { Page, PageContext } from "../layout.ts";
import { html, trusted, type Hole, type Markup } from "../markup.ts";
import { sequencePicture } from "../picture/sequence-picture.ts";
import { siteWords, type SiteWords } from "../site-words.ts";

export function entryPage(record: ShownRecord, { byId, brought }: CatalogView, context: PageContext): Page {
  const { language, link, asset } = context;
  const words = siteWords[language];
  const title = titleOf(record, language);
  const json = link(`/${record.id}.json`);
  const markdown = link(`/${record.id}.md`);
  const article = recordHtml(record, {
    language,
    ...(isEntryRecord(record) ? picturesOf(record, title, words) : {}),
    links: {
      json,
      markdown,
      otherLanguage: asset(pathIn(language === "en" ? "zh" : "en", `/${record.id}`)),
      entry: (id) => (byId.has(id) ? link(`/${id}`) : undefined),
    },
  });
  return {
    title,
    description: happenedOf(record, language),
    body: html`${ownNotice(record, brought.get(record.id), language)}
      <div class="entry">
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

function picturesOf(
  { wire, measured }: EntryRecord,
  title: string,
  words: SiteWords,
): Pick<HtmlOptions, "wirePicture" | "recordingPicture"> {
  const wirePicture = picture(wire, title, words).text;
  const recording = measured?.recording;
  if (recording === undefined || recording === null) return { wirePicture };
  const isSeveral = recording.frames.some(({ connection }) => connection > 1);
  const steps = recording.frames.map(({ connection, from, frame }) => ({
    from,
    to: from === "client" ? "server" : "client",
    frame: isSeveral ? `#${connection} ${frame}` : frame,
  }));
  return { wirePicture, recordingPicture: picture(steps, `${title}, ${recording.client}`, words).text };
}

function picture(wire: EntryRecord["wire"], title: string, words: SiteWords): Markup {
  return html`<div class="picture" tabindex="0" role="region" aria-label="${words.sequence}">
    ${sequencePicture(wire, { label: `${words.sequence}: ${title}`, actors: words.actors })}
  </div>`;
}

/** Nobody shall take what somebody else wrote for ours. */
function ownNotice(record: ShownRecord, from: BroughtFrom | undefined, language: Language): Hole {
  if (from === undefined) return undefined;
  const words = siteWords[language];
  const whose = words.thisIs(faceWords[language].ownRecord(from.file, record.verification_tier));
  return html`<p class="own-notice">${whose}${from.isInPlace && html` ${words.ownInPlace}`}</p>`;
}

/** The renderer writes its second headings all in one form; text is escaped already. */
function headingsOf(article: string): readonly { readonly id: string; readonly text: string }[] {
  return [...article.matchAll(/<h2 id="([\w-]+)"[^>]*>([^<]*)<\/h2>/g)].map(([, id = "", text = ""]) => ({ id, text }));
}

/** The front page: one box that takes an error, and ways into the catalog. */

import type { CatalogView } from "../catalog-view.ts";
import { navigation, type Page, type PageContext } from "../layout.ts";
import { html, type Markup } from "../markup.ts";
import { siteWords } from "../site-words.ts";

export interface FrontAnswer {
  /** What was pasted. */
  readonly text: string;
  readonly answer: Markup;
}

/** Real texts of four programs; the first is tied, so that it shows how a question decides. */
const examples = [
  "14 UNAVAILABLE: Connection dropped",
  "rpc error: code = Unavailable desc = transport is closing",
  "13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)",
  "upstream connect error or disconnect/reset before headers. reset reason: connection termination",
];

/** `given`: what a form without JavaScript sent, and its answer. */
export function frontPage({ brought }: CatalogView, context: PageContext, given?: FrontAnswer): Page {
  const { language, medium, link, path } = context;
  const words = siteWords[language];
  const isServed = medium === "served";
  // An exported page has no server; without a name the text cannot get into an address by accident.
  const form = isServed && html` method="post" action="${link(path)}"`;
  // In the textarea below, a line feed right behind the tag is not part of the text (HTML, 4.10.11).
  const name = isServed && html` name="text"`;
  return {
    title: words.tagline,
    description: words.frontLead,
    scripts: brought.size > 0 ? ["own-patterns.js", "own-records.js", "explain.js"] : ["explain.js"],
    body: html`<div class="front">
      <h1>${words.frontTitle}</h1>
      <p class="lead-in">${words.frontLead}</p>
      ${brought.size > 0 && html`<p class="own-notice">${words.ownRecords(brought.size)}</p>`}
      <form id="ask" ${form} data-language="${language}" data-entry="${link("/domain/slug")}">
        <label for="text">${words.pasteLabel}</label>
        <textarea
          id="text"
          ${name}
          rows="7"
          spellcheck="false"
          autocapitalize="off"
          autocomplete="off"
          placeholder="${words.pasteExample}"
          aria-describedby="private"
        >
${given?.text}</textarea>
        <div class="actions">
          <button class="main${!isServed && " with-script"}" ${!isServed && html` hidden`}>${words.explain}</button>
          <label class="file with-script" hidden>${words.chooseFile} <input type="file" id="file" /></label>
          <span class="hint with-script" hidden>${words.pasteHint}</span>
        </div>
        <p id="private" class="quiet"><span class="with-script" hidden>${words.private}</span></p>
        <noscript
          ><p class="quiet">${isServed ? words.privateServed : words.noScript}</p>
          ${!isServed && html`<pre><code>npx holdfast explain '${words.pasteExample}'</code></pre>`}</noscript
        >
      </form>
      <p id="status" role="status"></p>
      <section id="answers" aria-live="off">${given?.answer}</section>
      <section class="examples with-script" hidden aria-labelledby="examples">
        <h2 id="examples">${words.tryOne}</h2>
        <ul>
          ${examples.map(
            (text) =>
              html`<li>
                <button type="button" data-example="${text}"><code>${text}</code></button>
              </li> `,
          )}
        </ul>
      </section>
      <section class="ways" aria-labelledby="ways">
        <h2 id="ways">${words.browse}</h2>
        <ul>
          ${navigation(language, context.hasLive).map(([to, name]) => html`<li><a href="${link(to)}">${name}</a></li> `)}
        </ul>
      </section>
    </div>`,
  };
}

/** What a search found, as HTML, for the server and for the program of an exported page alike. Pure. */

import type { Language } from "@holdfast/catalog";
import { html, type Markup } from "./markup.ts";
import { inlineCode } from "./inline-code.ts";
import { siteWords } from "./site-words.ts";

export interface ShownHit {
  readonly id: string;
  readonly title: string;
  /** The words around what was found. */
  readonly match?: string;
}

export function searchHtml(
  hits: readonly ShownHit[],
  query: string,
  language: Language,
  entryLink: (id: string) => string,
): Markup {
  const words = siteWords[language];
  if (query.trim() === "") return html``;
  if (hits.length === 0) return html`<p>${words.searchNone(query)}</p>`;
  return html`<p>${words.searchFound(hits.length, query)}</p>
    <ol class="hits">
      ${hits.map(
        ({ id, title, match }) =>
          html`<li>
            <a href="${entryLink(id)}">${title}</a>
            <code class="id">${id}</code
            >${match !== undefined && match !== title && html`<p class="match">${inlineCode(match)}</p>`}
          </li> `,
      )}
    </ol>`;
}

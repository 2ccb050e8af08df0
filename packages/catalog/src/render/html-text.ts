/** Foreign text as HTML: escaped, with code spans, fenced code and addresses as elements. Nothing in it becomes markup. */

import { proseBlocks, proseSpans } from "./prose-blocks.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For element text and for attribute values in double quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** One run of words in which backticks make code. */
export function htmlSpans(text: string): string {
  return proseSpans(text)
    .map((span) => (span.kind === "code" ? `<code>${escapeHtml(span.text)}</code>` : escapeHtml(span.text)))
    .join("");
}

/** Paragraphs and fenced code. */
export function htmlProse(text: string): string {
  return proseBlocks(text)
    .map((block) => {
      if (block.kind === "paragraph") return `<p>${htmlSpans(block.text)}</p>`;
      const language = block.language === "" ? "" : ` class="language-${escapeHtml(block.language)}"`;
      return `<pre><code${language}>${escapeHtml(block.text)}</code></pre>`;
    })
    .join("\n");
}

/** A link when the address is one of the web; else its text, so that a record cannot bring a `javascript:` address. */
export function htmlLink(address: string, text: string = address): string {
  return /^https?:\/\//i.test(address)
    ? `<a href="${escapeHtml(address)}" rel="noreferrer">${escapeHtml(text)}</a>`
    : escapeHtml(text);
}

/** Text whose web addresses are links. */
export function htmlWithLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"')]+)/)
    .map((part, index) => (index % 2 === 1 ? htmlLink(part) : escapeHtml(part)))
    .join("");
}

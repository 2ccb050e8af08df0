/** Words in which backticks make code, as entries write them. */

import { html, type Markup } from "./markup.ts";

export function inlineCode(text: string): Markup {
  return html`${text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}

/** The pieces that several parts of a record's page have in common. */

import { escapeHtml } from "./html-text.ts";
import type { ClaimView, Proof, RecordView } from "./record-view.ts";
import type { Words } from "./words/words.ts";

/** `id` is the anchor, the same in every language. */
export function section(id: string, heading: string, lines: readonly string[], language?: string): string {
  const lang = language === undefined ? "" : ` lang="${language}"`;
  return [`<section class="${id}">`, `<h2 id="${id}"${lang}>${heading}</h2>`, ...lines, `</section>`].join("\n");
}

/** A section that is one table, wide enough to be scrolled by itself, with the keyboard too. `heads` and `rows` are HTML. */
export function tableSection(id: string, heading: string, heads: readonly string[], rows: readonly string[]): string {
  return section(id, heading, [
    `<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}">`,
    `<table>`,
    `<thead><tr>${heads.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>`,
    `<tbody>`,
    ...rows,
    `</tbody>`,
    `</table>`,
    `</div>`,
  ]);
}

/** How a claim is known, with links to the list of sources. */
export function proofMark({ origin, sources }: Proof, face: Words): string {
  const known =
    origin === null ? [] : [`<span class="origin origin-${origin.replace("_", "-")}">${face.origins[origin]}</span>`];
  const links = sources.map((number) => `<a href="#source-${number}">[${number}]</a>`);
  const parts = [...known, ...links];
  return parts.length === 0 ? "" : `<span class="proof">${parts.join(" ")}</span>`;
}

/** For whom a claim is, how it is known and who gave it a number; `rate` is HTML, or empty. */
export function aside({ programs, proof, claimedBy }: ClaimView, { face }: RecordView, rate: string): string {
  const parts = [
    rate,
    ...(programs.length === 0 ? [] : [escapeHtml(face.programs(programs))]),
    ...(proof === undefined ? [] : [proofMark(proof, face)]),
    ...(claimedBy === undefined ? [] : [escapeHtml(claimedBy)]),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `<p class="aside">${parts.join(" · ")}</p>`;
}

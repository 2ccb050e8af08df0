/** The parts of a record's page that only our records have, and the lists at its end. */

import { escapeHtml, htmlSpans, htmlWithLinks } from "./html-text.ts";
import { proofMark, section, tableSection } from "./html-parts.ts";
import type { HtmlLinks } from "./html.ts";
import type { OwnView, RecordView } from "./record-view.ts";

/** The three lines that a tired person reads. */
export function happened({ face }: RecordView, own: OwnView): string {
  const again =
    `<span class="processed processed-${own.processed}">${face.processed[own.processed]}</span> ` +
    `${htmlSpans(own.again)} ${proofMark(own.processedProof, face)}`;
  return section("happened", face.whatHappened, [
    `<dl class="lead">`,
    `<dt>${face.happened}</dt><dd>${htmlSpans(own.happened)}</dd>`,
    `<dt>${face.closedBy}</dt><dd>${htmlSpans(own.closedBy)}</dd>`,
    `<dt>${face.again}</dt><dd>${again}</dd>`,
    `</dl>`,
  ]);
}

export function signatures({ face }: RecordView, own: OwnView): string {
  const heads = [face.implementation, face.text, face.seenIn, face.origin];
  const rows = own.signatures.map(({ implementation, code, example, versions, isClue, proof }) => {
    const notes = [...(code === null ? [] : [escapeHtml(code)]), ...(isClue ? [face.clue] : [])];
    const below = notes.length === 0 ? "" : ` <span class="note">${face.list(notes)}</span>`;
    const cells = [
      `<th scope="row">${escapeHtml(implementation)}</th>`,
      `<td><code translate="no">${escapeHtml(example)}</code>${below}</td>`,
      `<td>${escapeHtml(face.list(versions))}</td>`,
      `<td>${proofMark(proof, face)}</td>`,
    ];
    return `<tr>${cells.join("")}</tr>`;
  });
  return tableSection("signatures", face.signatures, heads, rows);
}

/** `picture` is trusted HTML; the list says the same to those who cannot see it. */
export function wire({ face }: RecordView, own: OwnView, picture: string | undefined): string {
  if (own.wire.length === 0) return "";
  const steps = own.wire.map(({ from, to, frame }) => {
    const who = to === "self" ? face.term(from) : `${face.term(from)} → ${face.term(to)}`;
    return `<li><span class="hop">${escapeHtml(who)}</span> <code translate="no">${escapeHtml(frame)}</code></li>`;
  });
  const drawn = picture === undefined ? [] : [picture];
  return section("wire", face.wire, [...drawn, `<ol>`, ...steps, `</ol>`]);
}

export function beSure({ face }: RecordView, own: OwnView): string {
  const items = own.beSure.map(({ say, run }) => {
    const command = run === null ? "" : `\n<pre translate="no"><code>${escapeHtml(run)}</code></pre>`;
    return `<li><p>${htmlSpans(say)}</p>${command}</li>`;
  });
  return items.length === 0 ? "" : section("be-sure", face.beSure, [`<ul>`, ...items, `</ul>`]);
}

/** Folded: a common failure has a dozen, and whoever reads on wants to see the cause behind them. */
export function questions(view: RecordView, own: OwnView, links: HtmlLinks): string {
  if (own.questions.length === 0) return "";
  const blocks = own.questions.flatMap(({ id, ask, look, answers }) => [
    `<details class="asked">`,
    `<summary><h3 id="question-${escapeHtml(id)}">${htmlSpans(ask)}</h3></summary>`,
    `<p>${htmlSpans(look)}</p>`,
    `<dl class="answers">`,
    ...answers.flatMap(({ id: answer, text, fits }) => [
      `<dt><code>${escapeHtml(answer)}</code> ${htmlSpans(text)}</dt>`,
      `<dd>${view.face.speaksFor} ${fits.map((fit) => entryLink(fit, links, view.record.id)).join(", ")}</dd>`,
    ]),
    `</dl>`,
    `</details>`,
  ]);
  return section("questions", view.face.questions, blocks);
}

export function relations({ face, relations: all, record }: RecordView, links: HtmlLinks): string {
  if (all.length === 0) return "";
  const rows = all.map(({ name, ids }) => {
    const list = ids.map((id) => entryLink(id, links, record.id)).join(", ");
    return `<dt>${name}</dt><dd>${list}</dd>`;
  });
  return section("relations", face.relations, [`<dl>`, ...rows, `</dl>`]);
}

export function sources({ face, sources: all }: RecordView): string {
  if (all.length === 0) return "";
  const items = all.map((source, index) => `<li id="source-${index + 1}">${htmlWithLinks(source)}</li>`);
  return section("sources", face.sources, [`<ol>`, ...items, `</ol>`]);
}

function entryLink(id: string, links: HtmlLinks, own: string): string {
  const address = id === own ? undefined : links.entry(id);
  const text = `<code>${escapeHtml(id)}</code>`;
  return address === undefined ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
}

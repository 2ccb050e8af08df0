/** The part of an entry's page that shows what was counted: bars with their intervals, and each program by itself. */

import { escapeHtml, htmlSpans } from "./html-text.ts";
import { section } from "./html-parts.ts";
import type { CountsView, MeasuredView, ShareView } from "./measured-view.ts";
import { percent } from "./rate-text.ts";
import type { RecordView } from "./record-view.ts";
import type { Words } from "./words/words.ts";

/** Pixels of a whole bar, and of the room at its ends for the caps of an interval. */
const barWidth = 80;
const barRoom = 2;

export function measured({ face }: RecordView, view: MeasuredView | undefined): string {
  if (view === undefined) return "";
  const rows = view.arms.map(
    (arm) =>
      `<tr class="${arm.kind}"><th scope="row">${htmlSpans(arm.name)}` +
      `${arm.kind === "control" ? "" : ` <span class="note" lang="en">${escapeHtml(arm.says)}</span>`}</th>` +
      `${countCells(arm, face)}</tr>`,
  );
  return section("measured", face.measuredSection, [
    `<p>${htmlSpans(view.lead)}</p>`,
    `<p class="note" lang="en">${escapeHtml(view.says)}</p>`,
    ...table("measured", [face.whatWasDone, ...countHeads(face)], rows),
    `<details class="by-program">`,
    `<summary>${face.byProgram}</summary>`,
    ...view.arms.flatMap((arm) => [
      `<h3>${htmlSpans(arm.name)}</h3>`,
      ...table(
        "measured",
        [face.implementation, ...countHeads(face)],
        arm.by.map(
          (row) => `<tr><th scope="row"><code>${escapeHtml(row.program)}</code></th>${countCells(row, face)}</tr>`,
        ),
      ),
    ]),
    `</details>`,
    ...(view.notes.length === 0 ? [] : [`<ul>`, ...view.notes.map((note) => `<li>${escapeHtml(note)}</li>`), `</ul>`]),
    `<p>${face.countAgain}</p>`,
    `<pre translate="no"><code>${escapeHtml(view.command)}</code></pre>`,
  ]);
}

function table(id: string, heads: readonly string[], rows: readonly string[]): readonly string[] {
  return [
    `<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}">`,
    `<table class="rates">`,
    `<thead><tr>${heads.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>`,
    `<tbody>`,
    ...rows,
    `</tbody>`,
    `</table>`,
    `</div>`,
  ];
}

function countHeads(face: Words): readonly string[] {
  return [face.failedHead, face.twiceHead, face.unsettledHead];
}

/** Each cell says what it counts, for where there is no room for a row of heads. */
function countCells({ failed, executedTwice, neverSettled }: CountsView, face: Words): string {
  const cell = (name: string, inside: string): string => `<td data-name="${escapeHtml(name)}">${inside}</td>`;
  const unsettled = neverSettled.count === 0 ? "0" : `${neverSettled.count}/${neverSettled.trials}`;
  return [
    cell(face.failedHead, bar("failed", failed)),
    cell(face.twiceHead, bar("twice", executedTwice)),
    cell(face.unsettledHead, unsettled),
  ].join("");
}

/** The share as a bar, its interval as a line with two caps over it; the words beside it say the same. */
function bar(kind: string, { count, trials, share, interval }: ShareView): string {
  const at = (value: number): string => (barRoom + value * barWidth).toFixed(1);
  const [low, high] = interval;
  const whisker = `M${at(low)} 4v8M${at(low)} 8H${at(high)}M${at(high)} 4v8`;
  const [from, to] = [low, high].map((end) => Math.round(end * 100));
  return [
    `<svg class="bar bar-${kind}" width="${barWidth + 2 * barRoom}" height="16" aria-hidden="true">`,
    `<rect class="track" x="${barRoom}" y="3" width="${barWidth}" height="10" />`,
    `<rect class="share" x="${barRoom}" y="3" width="${(share * barWidth).toFixed(1)}" height="10" />`,
    `<path class="interval" d="${whisker}" />`,
    `</svg>`,
    ` <strong>${percent(share)} %</strong> <span class="note">${count}/${trials}, ${from}–${to} %</span>`,
  ].join("");
}

/** `picture` is trusted HTML; the folded list says the same to those who cannot see it. */
export function recording({ face }: RecordView, view: MeasuredView | undefined, picture: string | undefined): string {
  const recorded = view?.recording;
  if (recorded === undefined || recorded === null) return "";
  const isSeveral = recorded.frames.some(({ connection }) => connection > 1);
  const items = recorded.frames.map(({ at_ms, connection, from, frame }) => {
    const who = `${at_ms} ms${isSeveral ? ` #${connection}` : ""} ${face.term(from)}`;
    return `<li><span class="hop">${escapeHtml(who)}</span> <code translate="no">${escapeHtml(frame)}</code></li>`;
  });
  return section("recording", face.recording, [
    `<p>${escapeHtml(face.recordingLead(recorded.client))}</p>`,
    ...(picture === undefined ? [] : [picture]),
    `<details>`,
    `<summary>${face.asAList}</summary>`,
    `<ol>`,
    ...items,
    `</ol>`,
    `</details>`,
  ]);
}

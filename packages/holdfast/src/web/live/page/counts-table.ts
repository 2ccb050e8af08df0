/** Owns the table of counts: a column for each method of each client, so that it fits a narrow page. Pure. */

import type { MethodName } from "@holdfast/lab/demo";
import { html, type Markup } from "../../markup.ts";
import type { LiveClient } from "./live-view.ts";
import type { LiveWords } from "./live-words.ts";

type Count = "sent" | "ok" | "failed" | "executedTwice" | "neverSettled";

const counts: readonly Count[] = ["sent", "ok", "failed", "executedTwice", "neverSettled"];

/** What must not happen is bad; what may, because nobody can know better, is a warning. */
const marks: Readonly<Record<MethodName, Readonly<Partial<Record<Count, "bad" | "warn">>>>> = {
  Read: { failed: "bad", executedTwice: "warn", neverSettled: "bad" },
  Write: { failed: "warn", executedTwice: "bad", neverSettled: "bad" },
};

export function countsTable(clients: readonly LiveClient[], words: LiveWords): Markup {
  const { columns } = words;
  return html`<table class="counts">
    <thead>
      <tr>
        <td></td>
        ${clients.map(
          ({ client, methods }) =>
            html`<th scope="colgroup" class="number ${client}" colspan="${methods.length}">${client}</th>`,
        )}
      </tr>
      <tr>
        <td></td>
        ${clients.map(({ methods }) =>
          methods.map(({ method }) => html`<th scope="col" class="number">${method}</th>`),
        )}
      </tr>
    </thead>
    <tbody>
      ${counts.map((count) => row(count, clients, words))}
      <tr>
        <th scope="row">${columns.cpu}</th>
        ${clients.map(({ methods, cpuUsPerCall }) => {
          const text = cpuUsPerCall === undefined ? "–" : words.number(cpuUsPerCall);
          return html`<td class="number" colspan="${methods.length}">${text}</td>`;
        })}
      </tr>
    </tbody>
  </table>`;
}

function row(count: Count, clients: readonly LiveClient[], words: LiveWords): Markup {
  return html`<tr>
    <th scope="row">${words.columns[count]}</th>
    ${clients.map(({ methods }) =>
      methods.map((counted) => {
        const mark = counted[count] > 0 && marks[counted.method][count];
        return html`<td class="number${mark && ` ${mark}`}">${words.number(counted[count])}</td>`;
      }),
    )}
  </tr>`;
}

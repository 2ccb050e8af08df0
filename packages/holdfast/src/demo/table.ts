/** Owns the table of the demo: what each client's calls came to, method by method. Pure: a view in, lines out. */

import type { ClientView, MethodView } from "@holdfast/lab/demo";
import { countText } from "./count-text.ts";
import type { Paint } from "./paint.ts";

/** 79 columns together: a terminal of 80 wraps nothing. */
const widths = { client: 12, method: 6, sent: 8, ok: 8, failed: 8, twice: 10, never: 9, pace: 9, cpu: 9 } as const;

export function tableLines(clients: readonly ClientView[], paint: Paint): readonly string[] {
  return [paint.faint(header("executed", "never", "CPU µs")), paint.faint(captions()), ...clients.flatMap(rowsOf)].map(
    (line) => line.trimEnd(),
  );

  function rowsOf(client: ClientView): readonly string[] {
    return client.methods.map((method, index) => row(client, method, index === 0, paint));
  }
}

function header(twice: string, never: string, cpu: string): string {
  const { client, method, sent, ok, failed, pace } = widths;
  const before = " ".repeat(client + method + sent + ok + failed);
  return `${before}${twice.padStart(widths.twice)}${never.padStart(widths.never)}${" ".repeat(pace)}${cpu.padStart(widths.cpu)}`;
}

function captions(): string {
  return [
    "  client".padEnd(widths.client),
    "method".padEnd(widths.method),
    "sent".padStart(widths.sent),
    "OK".padStart(widths.ok),
    "failed".padStart(widths.failed),
    "twice".padStart(widths.twice),
    "settled".padStart(widths.never),
    "calls/s".padStart(widths.pace),
    "per call".padStart(widths.cpu),
  ].join("");
}

/** CPU is the process's, so it stands once, beside the first method. */
function row({ client, cpuUsPerCall }: ClientView, counts: MethodView, isFirst: boolean, paint: Paint): string {
  const idempotent = counts.method === "Read";
  const loss = (count: number, width: number, isBad: boolean): string => {
    const text = countText(count).padStart(width);
    if (count === 0) return paint.faint(text);
    return isBad ? paint.bad(text) : paint.warn(text);
  };
  return [
    paint.strong((isFirst ? `  ${client}` : "").padEnd(widths.client)),
    counts.method.padEnd(widths.method),
    countText(counts.sent).padStart(widths.sent),
    countText(counts.ok).padStart(widths.ok),
    // What must not happen is red; what may, because nobody can know better, is not.
    loss(counts.failed, widths.failed, idempotent),
    loss(counts.executedTwice, widths.twice, !idempotent),
    loss(counts.neverSettled, widths.never, true),
    countText(counts.callsPerS).padStart(widths.pace),
    (isFirst && cpuUsPerCall !== undefined ? countText(cpuUsPerCall) : "").padStart(widths.cpu),
  ].join("");
}

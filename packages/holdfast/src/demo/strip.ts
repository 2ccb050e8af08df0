/**
 * Owns the strip of time: a column for each restart, and under it what each client lost from then to the next. Pure: a view
 * in, lines out.
 */

import type { DemoView } from "@holdfast/lab/demo";
import type { Paint } from "./paint.ts";

const labelWidth = 12;
/** Backends go every 2 s, so a character is half a second. */
const columnWidth = 4;

interface Column {
  readonly time: string;
  readonly mark: string;
  readonly lost: readonly number[];
}

/** The latest columns that fit into `width`, or with `maxBlocks` as many rows of them as it takes, up to that many. */
export function stripLines(view: DemoView, width: number, paint: Paint, maxBlocks = 1): readonly string[] {
  const perBlock = Math.max(1, Math.floor((width - labelWidth) / columnWidth));
  const all = columnsOf(view);
  const shown = all.slice(-perBlock * maxBlocks);
  const blocks: (readonly string[])[] = [];
  for (let at = 0; at < shown.length; at += perBlock) {
    blocks.push(blockLines(view, shown.slice(at, at + perBlock), paint));
  }
  return blocks.flat().map((line) => line.trimEnd());
}

function columnsOf({ restarts, clients }: DemoView): readonly Column[] {
  const lostIn = (column: number): readonly number[] => clients.map(({ lost }) => lost[column] ?? 0);
  const before: Column = { time: "0", mark: "", lost: lostIn(0) };
  const others = restarts.map(({ atMs, backend, signal }, index): Column => {
    const mark = `${signal === "SIGTERM" ? "T" : "K"}${backend}`;
    return { time: String(Math.round(atMs / 1_000)), mark, lost: lostIn(index + 1) };
  });
  return [before, ...others];
}

function blockLines({ clients }: DemoView, columns: readonly Column[], paint: Paint): readonly string[] {
  const cell = (text: string): string => text.padEnd(columnWidth);
  const line = (label: string, cells: readonly string[]): string =>
    `${`  ${label}`.padEnd(labelWidth)}${cells.join("")}`;
  return [
    paint.faint(
      line(
        "second",
        columns.map(({ time }) => cell(time)),
      ),
    ),
    line(
      "restart",
      columns.map(({ mark }) => (mark.startsWith("K") ? paint.warn : paint.good)(cell(mark))),
    ),
    ...clients.map(({ client }, index) => {
      const cells = columns.map(({ lost }) => lostCell(lost[index] ?? 0, paint));
      return `${paint.strong(`  ${client}`.padEnd(labelWidth))}${cells.join("")}`;
    }),
  ];
}

function lostCell(lost: number, paint: Paint): string {
  if (lost === 0) return paint.faint("·".padEnd(columnWidth));
  return paint.bad((lost < 1_000 ? String(lost) : `${Math.round(lost / 1_000)}k`).padEnd(columnWidth));
}

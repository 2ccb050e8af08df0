/**
 * Puts what a run measured into docs/measured.md: with HOLDFAST_WRITE set, between a block's marks. Owns how the tables look;
 * measures nothing. Always prints them.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const page = fileURLToPath(new URL("../../../../../docs/measured.md", import.meta.url));

export type Row = readonly string[];

/** @param isKept Says by its first cell whether a row of before stays, in the order of these. Default: none does. */
export async function writeTable(
  block: string,
  head: Row,
  rows: readonly Row[],
  isKept: (first: string) => boolean = () => false,
): Promise<void> {
  console.log(tableText(head, rows));
  if (process.env["HOLDFAST_WRITE"] === undefined) return;
  const text = readFileSync(page, "utf8");
  const [begin, end] = [`<!-- begin ${block} -->`, `<!-- end ${block} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/measured.md: no block ${begin} … ${end}`);
  const kept = cellsOf(text.slice(from, to)).filter(([first = ""]) => isKept(first));
  const all = [...kept, ...rows];
  if (kept.length > 0) all.sort(([a = ""], [b = ""]) => a.localeCompare(b, "en", { numeric: true }));
  const made = `${text.slice(0, from + begin.length)}\n\n${tableText(head, all)}\n\n${text.slice(to)}`;
  writeFileSync(page, await format(made, { ...(await resolveConfig(page)), filepath: page }));
}

function tableText(head: Row, rows: readonly Row[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cellText).join(" | ")} |`).join("\n");
}

/** What peers say stays in its cell. */
function cellText(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

/** The rows of a table of ours, without its head. */
function cellsOf(text: string): string[][] {
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) => line.split(" | ").map((cell) => cell.replaceAll(/^\|\s|\s\|$/g, "").trim()));
}

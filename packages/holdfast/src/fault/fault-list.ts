/** Every fault with its settings, as lines for a terminal and as Markdown for docs/fault.md. Pure; the facts are the lab's. */

import { type FaultFacts, writtenName } from "@holdfast/lab/fault";
import type { Paint } from "../demo/paint.ts";
import { wrapText } from "../demo/wrap-text.ts";

/** What all faults have: said once. */
const ofAll = ["probability", "connections"];

interface Row {
  /** `after=N`-like, without its value. */
  readonly name: string;
  readonly says: string;
  readonly expected: string;
  /** As it would be written. */
  readonly initial: string | undefined;
}

function rowsOf({ parameters, lead }: FaultFacts, wanted: (name: string) => boolean): readonly Row[] {
  return Object.entries(parameters)
    .filter(([name]) => wanted(name))
    .map(([name, { says, expected, initial, show }]) => ({
      name: name === lead ? `[${writtenName(name)}=]` : `${writtenName(name)}=`,
      says,
      expected,
      initial: initial === undefined ? undefined : show(initial),
    }));
}

const isOwn = (name: string): boolean => !ofAll.includes(name);

export function faultListLines(table: readonly FaultFacts[], columns: number, paint: Paint): readonly string[] {
  const lines: string[] = [];
  for (const facts of table) {
    lines.push(
      `${paint.strong(`--${facts.id}`)}  ${facts.says}`,
      ...rowLines(rowsOf(facts, isOwn), columns, paint),
      "",
    );
  }
  const [first] = table;
  const common =
    first === undefined
      ? []
      : rowLines(
          rowsOf(first, (name) => !isOwn(name)),
          columns,
          paint,
        );
  return [
    ...lines,
    "Every fault also has",
    ...common,
    "",
    "A name in brackets may be left out: --delay 50ms,jitter=20ms.",
  ];
}

/** The column of names: the longest is `[max-streams=]`. */
const nameColumns = 20;

function rowLines(rows: readonly Row[], columns: number, paint: Paint): readonly string[] {
  return rows.flatMap(({ name, says, expected, initial }) => {
    const text = `${says}; ${expected}${initial === undefined ? "" : `; default ${initial}`}`;
    const [head = "", ...more] = wrapText(text, Math.max(20, columns - nameColumns));
    return [
      `    ${name.padEnd(nameColumns - 4)}${head}`,
      ...more.map((line) => paint.faint(" ".repeat(nameColumns)) + line),
    ];
  });
}

/** One table for each fault, and one for what all have. */
export function faultListMarkdown(table: readonly FaultFacts[]): string {
  const sections = table.map((facts) => {
    const rows = rowsOf(facts, isOwn);
    const chance = facts.chanceOf === "stream" ? " Chance decides about each stream." : "";
    const settings = rows.length === 0 ? "" : `\n\n${markdownTable(rows)}`;
    return `### \`--${facts.id}\`\n\n${facts.says}${chance}${settings}`;
  });
  const [first] = table;
  const common = first === undefined ? "" : markdownTable(rowsOf(first, (name) => !isOwn(name)));
  return `${sections.join("\n\n")}\n\n### Every fault\n\n${common}`;
}

function markdownTable(rows: readonly Row[]): string {
  const cells = rows.map(
    ({ name, says, expected, initial }) =>
      `| \`${name}\` | ${says} | ${expected} | ${initial === undefined ? "" : `\`${initial}\``} |`,
  );
  return ["| setting | what | is | default |", "| --- | --- | --- | --- |", ...cells].join("\n");
}

/** What was counted, as lines of a terminal: a bar for failed beside one for executed twice. */

import type { CountsView, MeasuredView, ShareView } from "./measured-view.ts";
import { percent } from "./rate-text.ts";
import type { TextPaint } from "./text.ts";
import type { Words } from "./words/words.ts";

const barCells = 12;

/** `fold` breaks a text into lines with an indent. */
export function measuredLines(
  { lead, says, arms, notes, command }: MeasuredView,
  face: Words,
  paint: TextPaint,
  fold: (text: string, indent: number, paint?: (text: string) => string) => readonly string[],
): readonly string[] {
  return [
    ...fold(lead, 2),
    ...fold(says, 2, paint.faint),
    ...arms.flatMap((arm) => [
      ...fold(arm.name, 2, arm.kind === "control" ? paint.strong : arm.kind === "workaround" ? paint.good : paint.bad),
      `    ${share(face.failedHead, arm.failed, paint.bad)}  ${share(face.twiceHead, arm.executedTwice, paint.warn)}`,
      ...fold(face.list(arm.by.map((row) => `${row.program} ${programCounts(row, face)}`)), 4, paint.faint),
    ]),
    ...notes.flatMap((note) => fold(note, 2, paint.faint)),
    ...fold(`${face.countAgain} ${command}`, 2, paint.faint),
  ];
}

function share(name: string, { share: part, interval }: ShareView, paint: (text: string) => string): string {
  const cells = part > 0 ? Math.max(1, Math.round(part * barCells)) : 0;
  const bar = `${paint("█".repeat(cells))}${"·".repeat(barCells - cells)}`;
  const [low, high] = interval.map((end) => Math.round(end * 100));
  return `${name} ${bar} ${percent(part)} % (${low}–${high})`;
}

/** `60/60`, `60/60 (28 executed twice)`. */
function programCounts({ trials, failed, executedTwice }: CountsView, face: Words): string {
  const twice = executedTwice.count === 0 ? "" : face.inParentheses(face.executedTwice(executedTwice.count));
  return `${failed.count}/${trials}${twice}`;
}

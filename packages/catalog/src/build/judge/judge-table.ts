/** Owns how a judgement is printed. What was missed is shown of the half that may be looked at, unless both are asked for. */

import type { JudgedMessage, Judgement } from "./judge.ts";
import type { Half } from "./labelled-sets.ts";

export interface TableOptions {
  /** Which halves' misses are listed. */
  readonly misses: readonly Half[];
}

const halves: readonly Half[] = ["develop", "held-out"];
/** Lower ends of the confidence buckets. */
const buckets = [0.9, 0.8, 0.7, 0.5, 0.3, 0];
const shownChars = 160;

export function judgeTable(judgement: Judgement, { misses }: TableOptions): string[] {
  const { messages } = judgement;
  return [
    row("", "n", "right", "strict", "silent", "mean tie"),
    ...halves.map((half) =>
      scoreRow(
        half,
        messages.filter((message) => message.half === half),
      ),
    ),
    scoreRow("all", messages),
    "",
    ...scoresBy(messages, ({ origin }) => (origin.startsWith("run:") ? "recorded runs" : "public reports")),
    "",
    ...scoresBy(messages, ({ implementation }) => implementation),
    "",
    ...calibration(messages),
    "",
    ...silence(judgement),
    ...logLines(judgement),
    ...missLines(messages, misses),
  ];
}

function scoresBy(messages: readonly JudgedMessage[], keyOf: (message: JudgedMessage) => string): string[] {
  const keys = [...new Set(messages.map(keyOf))].sort();
  return keys.map((key) =>
    scoreRow(
      key,
      messages.filter((message) => keyOf(message) === key),
    ),
  );
}

function scoreRow(name: string, messages: readonly JudgedMessage[]): string {
  const ties = messages.flatMap(({ finding }) => (finding === undefined ? [] : [finding.tied.length]));
  return row(
    name,
    String(messages.length),
    share(messages.filter(({ right }) => right).length, messages.length),
    share(messages.filter(({ strict }) => strict).length, messages.length),
    String(messages.filter(({ finding }) => finding === undefined).length),
    ties.length === 0 ? "-" : (ties.reduce((sum, size) => sum + size, 0) / ties.length).toFixed(2),
  );
}

function calibration(messages: readonly JudgedMessage[]): string[] {
  const answered = messages.flatMap(({ finding, right, strict }) =>
    finding === undefined ? [] : [{ confidence: finding.confidence, right, strict }],
  );
  return [
    row("confidence", "n", "right", "strict", "mean confidence"),
    ...buckets.map((from, at) => {
      const below = buckets[at - 1] ?? Infinity;
      const inside = answered.filter(({ confidence }) => confidence >= from && confidence < below);
      const mean = inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length;
      return row(
        `from ${from}`,
        String(inside.length),
        share(inside.filter(({ right }) => right).length, inside.length),
        share(inside.filter(({ strict }) => strict).length, inside.length),
        inside.length === 0 ? "-" : mean.toFixed(3),
      );
    }),
  ];
}

function silence({ negatives }: Judgement): string[] {
  const answered = negatives.filter(({ answer }) => answer !== undefined);
  return [
    `kept silent on ${share(negatives.length - answered.length, negatives.length)} of ${negatives.length} foreign texts`,
    ...answered.map(({ text, answer }) => `  ${answer ?? ""}: ${short(text)}`),
  ];
}

function logLines({ log }: Judgement): string[] {
  if (log === undefined) return [];
  return [
    "",
    `recorded log: ${log.planted - log.missed.length} of ${log.planted} planted failures found, ${log.invented.length} invented`,
    ...log.missed.map(({ label, lines }) => `  missed ${label} at ${lines.join("-")}`),
    ...log.invented.map(({ id, lines, text }) => `  invented ${id} at ${lines.join("-")}: ${short(text)}`),
  ];
}

function missLines(messages: readonly JudgedMessage[], misses: readonly Half[]): string[] {
  const wrong = messages.filter(({ right, half }) => !right && misses.includes(half));
  if (wrong.length === 0) return [];
  return [
    "",
    `wrong (${misses.join(" and ")}):`,
    ...wrong.map(
      ({ implementation, label, finding, text }) =>
        `  ${implementation}  ${label}  got ${finding?.tied.join(" = ") ?? "nothing"}: ${short(text)}`,
    ),
  ];
}

function short(text: string): string {
  return JSON.stringify(text.length > shownChars ? `${text.slice(0, shownChars)}…` : text);
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : (part / whole).toFixed(4);
}

function row(name: string, ...cells: readonly string[]): string {
  return `${name.padEnd(18)}${cells.map((cell) => cell.padStart(9)).join("")}`;
}

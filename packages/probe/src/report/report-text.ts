/** A diagnosis for a terminal, step by step. Owns the looks; width, colours and folding are whoever prints it's. */

import { printable } from "@holdfast/grpc/report";
import type { Diagnosis } from "../steps/diagnose.ts";
import type { Fact, Finding, StepResult, TraceLine, Verdict } from "../steps/step.ts";

export interface TextScreen {
  readonly columns: number;
  readonly paint: Readonly<Record<"strong" | "faint" | "good" | "warn" | "bad", (text: string) => string>>;
  /** Breaks text into lines of so many columns. */
  readonly fold: (text: string, columns: number) => readonly string[];
  /** How the reader calls the command, for instance `holdfast`. */
  readonly called: string;
}

const marks: Readonly<Record<Verdict, string>> = { well: "ok", skipped: "--", doubtful: "??", failed: "!!" };

export const verdictWords: Readonly<Record<Verdict, string>> = {
  well: "well",
  skipped: "no verdict",
  doubtful: "doubtful",
  failed: "failed",
};

/** Columns before what a step says. */
const indent = 7;
/** No name of a fact is given more room beside its value. */
const maxNameColumns = 32;

/** `holdfast diagnose shop.example:443`, underlined by nothing. */
export function headText(
  { host, port }: { readonly host: string; readonly port: number },
  { paint }: TextScreen,
): string {
  const where = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  return `${paint.strong(`gRPC diagnosis of ${printable(where)}`)}\n`;
}

/** One step with all that it says; ends with a line feed. */
export function stepText(step: StepResult, number: number, screen: TextScreen): string {
  const { paint, columns, fold } = screen;
  const head = `${number}. ${step.title}: ${printable(step.headline)}`;
  const took = step.tookMs >= 1_000 ? ` (${(step.tookMs / 1_000).toFixed(1)} s)` : "";
  const [first = "", ...more] = fold(head + took, columns - indent);
  const lines = [
    `${markOf(step.verdict, screen)}  ${paint.strong(first)}`,
    ...more.map((line) => " ".repeat(indent) + paint.strong(line)),
  ];
  for (const finding of step.findings) lines.push(...findingLines(finding, screen));
  lines.push(...factLines(step.facts, screen));
  lines.push(...traceLines(step.trace ?? [], screen));
  return `${lines.join("\n")}\n`;
}

/** What it comes to, and where to go on. */
export function summaryText(
  { verdict, steps, tookMs }: Diagnosis,
  { paint, columns, fold, called }: TextScreen,
): string {
  const findings = steps.flatMap((step) => step.findings);
  const seconds = (tookMs / 1_000).toFixed(1);
  if (verdict === "well") return `${paint.good("All is well")}, in ${seconds} s.\n`;
  const failures = findings.filter((finding) => finding.verdict === "failed").length;
  const doubts = findings.length - failures;
  const counts = [failures === 0 ? "" : `${failures} failed`, doubts === 0 ? "" : `${doubts} doubtful`].filter(
    (part) => part !== "",
  );
  const ids = [...new Set(findings.flatMap(({ catalogId }) => (catalogId === undefined ? [] : [catalogId])))];
  const head = `${(failures > 0 ? paint.bad : paint.warn)(counts.join(", "))}, in ${seconds} s.`;
  const shows = ids.map((id) => `  ${called} show ${id}`);
  const hint =
    ids.length === 0 ? [] : fold("What the catalog knows of it, with what helps and what does not:", columns);
  return `${[head, ...hint, ...shows].join("\n")}\n`;
}

/** The whole report. */
export function diagnosisText(diagnosis: Diagnosis, screen: TextScreen): string {
  const steps = diagnosis.steps.map((step, index) => stepText(step, index + 1, screen));
  return [headText(diagnosis.target, screen), ...steps, summaryText(diagnosis, screen)].join("\n");
}

function markOf(verdict: Verdict, { paint }: TextScreen): string {
  const colour = { well: paint.good, skipped: paint.faint, doubtful: paint.warn, failed: paint.bad }[verdict];
  return colour(marks[verdict]);
}

function findingLines({ verdict, text, advice, catalogId }: Finding, { paint, columns, fold }: TextScreen): string[] {
  const room = columns - indent;
  const pad = " ".repeat(indent);
  const colour = verdict === "failed" ? paint.bad : paint.warn;
  return [
    ...fold(printable(text), room).map((line) => pad + colour(line)),
    ...fold(printable(advice), room).map((line) => pad + line),
    ...(catalogId === undefined ? [] : [pad + paint.faint(`catalog: ${catalogId}`)]),
  ];
}

function factLines(facts: readonly Fact[], { paint, columns, fold }: TextScreen): string[] {
  const names = facts.map(({ name }) => printable(name).length).filter((length) => length <= maxNameColumns);
  const nameColumns = Math.max(0, ...names);
  const pad = " ".repeat(indent);
  return facts.flatMap(({ name, value }) => {
    const label = printable(name).padEnd(nameColumns);
    // A name that is long, as those of services are, stands above what is said of it.
    const isLong = label.length > maxNameColumns;
    const under = " ".repeat(isLong ? indent + 4 : indent + nameColumns + 2);
    const lines = value === "" ? [] : fold(printable(value), Math.max(20, columns - under.length));
    if (isLong)
      return [
        ...fold(label, columns - indent).map((line) => pad + paint.faint(line)),
        ...lines.map((line) => under + line),
      ];
    const [first = "", ...more] = lines;
    return [`${pad}${paint.faint(label)}  ${first}`.trimEnd(), ...more.map((line) => under + line)];
  });
}

/** `   1.4 ms  <  SETTINGS …`; ours are `>`. */
function traceLines(trace: readonly TraceLine[], { paint, columns, fold }: TextScreen): string[] {
  const several = trace.some(({ connection }) => connection > 1);
  return trace.flatMap(({ atMs, connection, from, text }) => {
    const number = several ? `#${connection} ` : "";
    const head = `${`${atMs.toFixed(1)} ms`.padStart(12)}  ${number}${from === "client" ? ">" : "<"} `;
    const [first = "", ...more] = fold(text, Math.max(20, columns - head.length));
    const colour = from === "client" ? paint.faint : (line: string): string => line;
    return [colour(head + first), ...more.map((line) => " ".repeat(head.length) + colour(line))];
  });
}

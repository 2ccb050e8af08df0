/** How a plan is shown: the path, what is asked of the application, then each file. */

import { byteSizeText, durationText } from "@holdfast/path/facts";
import { judgeFacts, type PathPlan, type WrittenFile } from "@holdfast/path";
import { screen } from "../catalog/screen.ts";
import { wrapText } from "../demo/wrap-text.ts";

export function settingsText(plan: PathPlan, files: readonly WrittenFile[]): string {
  const { paint } = screen();
  const parts = files.map(({ name, text }) => `${paint.strong(`=== ${name}`)}\n${text}`);
  return [summaryText(plan, files), ...parts].join("\n");
}

/** Also the `path.txt` of a folder. */
export function summaryText(plan: PathPlan, files: readonly WrittenFile[]): string {
  const { columns } = screen();
  const { facts, path, demands } = plan;
  const silence = durationText(path.workload.longestSilenceDownMs ?? 0);
  const limits = [
    `calls of up to ${path.workload.longestCallMs === undefined ? "any length" : durationText(path.workload.longestCallMs)} and ${silence} of silence`,
    `a deadline of ${durationText(path.workload.deadlineMs ?? Infinity)} on each`,
    `${facts.calls} at once, messages of ${byteSizeText(facts.messageBytes)}`,
    facts.idleMs === Infinity
      ? "a network that forgets nothing"
      : `a network that forgets after ${durationText(facts.idleMs)}`,
  ];
  const asked = demands.flatMap(({ says, because, rule }) => [
    ...wrapText(`- ${says}`, columns),
    ...wrapText(`Because ${because} (rule ${rule}).`, columns - 2).map((line) => `  ${line}`),
  ]);
  const judged = judgeFacts(plan.path).flatMap(({ rule, says }) => [
    ...wrapText(`- ${says}.`, columns),
    ...wrapText(`Instead: ${rule.fix.replace(/\.$/, "")} (rule ${rule.id}).`, columns - 2).map((line) => `  ${line}`),
  ]);
  return `${[
    ...wrapText(`Path: ${path.hops.map(({ name }) => name).join(", ")}.`, columns),
    ...wrapText(`For ${limits.join("; ")}.`, columns),
    ...(asked.length === 0 ? [] : ["What settings cannot do:", ...asked]),
    ...(judged.length === 0 ? [] : ["What the facts come to:", ...judged]),
    `Files: ${files.map(({ name }) => name).join(", ")}`,
  ].join("\n")}\n`;
}

/** Times in ms, sizes in bytes; `"never"` for what never happens, or has no limit. */
export function settingsJson(plan: PathPlan, files: readonly WrittenFile[]): string {
  const { facts, path, reasons, platformReasons, demands } = plan;
  const object = {
    facts,
    path,
    reasons: [...reasons, platformReasons].map((each) => Object.fromEntries(each)),
    demands,
    judged: judgeFacts(plan.path).map(({ rule, says }) => ({ rule: rule.id, says, fix: rule.fix })),
    files,
  };
  return `${JSON.stringify(object, (_, value: unknown) => (value === Infinity ? "never" : value), 2)}\n`;
}

/** How the article's figures are shown: each with what the rules say of it, and where that is written. */

import { judgeArticle, type JudgedFigure, type JudgedPath, sourceTable } from "@holdfast/path";
import { screen } from "../catalog/screen.ts";
import { wrapText } from "../demo/wrap-text.ts";

type Finding = JudgedFigure["findings"][number];

export function articleText(): string {
  const { paint, columns } = screen();
  const paths = judgeArticle();
  const told = new Set<string>();
  const figures = paths.flatMap((path) => path.figures);
  const wrong = figures.filter(({ findings }) => findings.length > 0);
  const head = wrapText(
    `"How to Fix 'Connection Reset' Errors in gRPC": ${figures.length} settings on ${paths.length} paths, for calls of 5m that may be silent as long, 200 at once. Rules have something to say of ${wrong.length}.`,
    columns,
  );
  const parts = paths.flatMap(({ title, figures: list, others }) => [
    "",
    paint.strong(title),
    ...list.flatMap((figure) => figureLines(figure, columns, told)),
    ...(others.length === 0
      ? []
      : ["  all of it together", ...others.flatMap((finding) => findingLines(finding, columns, told))]),
  ]);
  return `${[...head, ...parts].join("\n")}\n`;
}

function figureLines(
  { hop, text, says, findings }: JudgedFigure,
  columns: number,
  told: Set<string>,
): readonly string[] {
  const head = wrapText(`${hop}: ${text}`, columns - 2).map((line) => `  ${line}`);
  if (findings.length > 0) return [...head, ...findings.flatMap((finding) => findingLines(finding, columns, told))];
  return [...head, ...wrapText(says ?? "no rule has anything against it", columns - 4).map((line) => `    ${line}`)];
}

/** What a rule is about is told once. */
function findingLines({ rule, says }: Finding, columns: number, told: Set<string>): readonly string[] {
  const isTold = told.has(rule.id);
  told.add(rule.id);
  const sources = rule.sources.map((id) => sourceTable[id].title).join(", ");
  const about = [`Seen: ${rule.seen}`, `Instead: ${rule.fix} (${sources})`];
  const lines = [`${rule.severity} ${rule.id}: ${says}.`, ...(isTold ? [] : about)];
  return lines.flatMap((line, index) =>
    wrapText(line, columns - 6).map((each, at) => `${index === 0 && at === 0 ? "    " : "      "}${each}`),
  );
}

export function articleJson(): string {
  const shown = ({ rule, says, hops, settings }: Finding): object => ({
    rule: rule.id,
    severity: rule.severity,
    says,
    hops: hops.map(({ name }) => name),
    settings,
    seen: rule.seen,
    fix: rule.fix,
    sources: rule.sources.map((id) => sourceTable[id]),
  });
  const path = ({ title, figures, others }: JudgedPath): object => ({
    title,
    figures: figures.map(({ findings, ...figure }) => ({ ...figure, findings: findings.map(shown) })),
    others: others.map(shown),
  });
  return `${JSON.stringify(judgeArticle().map(path), undefined, 2)}\n`;
}

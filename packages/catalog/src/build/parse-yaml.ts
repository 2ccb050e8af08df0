/**
 * One YAML text against one schema: the value, or every problem with its line and field. Knows nothing of what the values
 * mean; what must agree between files is asked in `read-sources.ts`.
 */

import { LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import type { Problem } from "./problem.ts";

export type ParsedYaml<T> =
  { readonly kind: "value"; readonly value: T } | { readonly kind: "problems"; readonly problems: readonly Problem[] };

type FieldPath = readonly PropertyKey[];

export function parseYaml<S extends z.ZodType>(file: string, text: string, schema: S): ParsedYaml<z.infer<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    const problems = broken.map(({ pos, message }) => ({
      file,
      line: lines.linePos(pos[0]).line,
      field: "",
      what: message,
    }));
    return { kind: "problems", problems };
  }
  const checked = schema.safeParse(document.toJS());
  if (checked.success) return { kind: "value", value: checked.data };
  const problems = checked.error.issues.map((issue) => ({
    file,
    line: lineOf(document, lines, issue.path),
    field: fieldText(issue.path),
    what: issueText(issue),
  }));
  return { kind: "problems", problems };
}

/** The line of the field; of the nearest thing around it that exists when the field is missing. */
function lineOf(document: Document, lines: LineCounter, path: FieldPath): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const start = startOf(node);
    if (start !== undefined) return lines.linePos(start).line;
  }
  return 1;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return undefined;
  const start: unknown = node.range[0];
  return typeof start === "number" ? start : undefined;
}

function fieldText(path: FieldPath): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${String(part)}`))
    .join("");
}

/** A union's own message says only that nothing fitted; what each branch expected is more use. */
function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue.message;
  return issue.errors.map((branch) => branch.map(issueText).join(", ")).join(", or ");
}

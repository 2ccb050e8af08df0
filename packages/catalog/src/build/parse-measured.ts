/** One result file → what it holds, or every problem with its field. */

import type { z } from "zod";
import type { MeasuredFile } from "../record/measured-file.ts";
import { measuredFile } from "../record/measured-file.ts";
import type { Problem } from "./problem.ts";

export type ParsedMeasured =
  | { readonly kind: "value"; readonly value: MeasuredFile }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

export function parseMeasured(file: string, text: string): ParsedMeasured {
  const problem = (field: string, what: string): Problem => ({ file, line: 0, field, what });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: "problems", problems: [problem("", `expected JSON: ${String(error)}`)] };
  }
  const checked = measuredFile.safeParse(value);
  if (checked.success) return { kind: "value", value: checked.data };
  return {
    kind: "problems",
    problems: checked.error.issues.map(({ path, message }) => problem(fieldOf(path), message)),
  };
}

function fieldOf(path: z.core.$ZodIssue["path"]): string {
  return path.map(String).join(".");
}

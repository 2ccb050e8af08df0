/** The short text beside the structured answer of `get_entry`. The page of the entry says the rest. */

import type { Language } from "@holdfast/catalog";
import { faceWords } from "../explain/face-words.ts";
import { shortened } from "../explain/short-words.ts";
import type { EntryOutput } from "./entry-output.ts";

export function entryBrief(output: EntryOutput, language: Language): string {
  const face = faceWords[language];
  return [
    `# ${output.title}`,
    output.id,
    `${face.happened}: ${output.happened}`,
    ...(output.from === undefined ? [] : [face.ownRecord(output.from, output.verification)]),
    ...(output.closedBy === "" ? [] : [`${face.closedBy}: ${output.closedBy}`]),
    ...(output.processed.again === "" ? [] : [`${face.again} ${output.processed.again}`]),
    `${face.why}: ${output.cause.text}`,
    ...output.workarounds.map(
      ({ action, rate }, index) => `${face.todo} ${index + 1}: ${action}${rate === "" ? "" : ` (${rate})`}`,
    ),
    ...output.deadEnds.map(({ action, detail }) => `${face.notTodo}: ${action} ${shortened(detail, 1)}`),
    ...output.beSure.map(({ say, run }) => `${face.beSure}: ${say}${run === null ? "" : ` ${run}`}`),
    `${face.more}: ${output.resource}`,
  ].join("\n");
}

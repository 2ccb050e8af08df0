/**
 * Owns the judgement of `explain` on the labelled sets: how often its first answer holds the true cause, how often it keeps
 * silent where nothing is to be said, and whether its confidence is worth its number. Does not print.
 */

import type { Explanation, Finding } from "../../explain/explanation.ts";
import type { Half, LabelledMessage, LabelledSets, PlantedFailure } from "./labelled-sets.ts";
import { halfOf } from "./labelled-sets.ts";

export interface JudgedMessage extends LabelledMessage {
  readonly half: Half;
  /** Absent: it was not known. */
  readonly finding?: Finding;
  /** The true cause is the answer, or tied with it. */
  readonly right: boolean;
  /** The true cause is the answer. */
  readonly strict: boolean;
}

export interface JudgedLog {
  readonly planted: number;
  readonly missed: readonly PlantedFailure[];
  /** Answers on lines where nothing was planted. */
  readonly invented: readonly {
    readonly id: string;
    readonly lines: readonly [number, number];
    readonly text: string;
  }[];
}

export interface Judgement {
  readonly messages: readonly JudgedMessage[];
  readonly negatives: readonly { readonly text: string; readonly answer?: string }[];
  readonly log?: JudgedLog;
}

export function judge(sets: LabelledSets, explain: (text: string) => Explanation): Judgement {
  return {
    messages: sets.messages.map((message) => judgeMessage(message, explain(message.text))),
    negatives: sets.negatives.map((text) => {
      const [finding] = explain(text).findings;
      return finding === undefined ? { text } : { text, answer: finding.id };
    }),
    ...(sets.log !== undefined && { log: judgeLog(sets.log.planted, explain(sets.log.text)) }),
  };
}

function judgeMessage(message: LabelledMessage, { findings }: Explanation): JudgedMessage {
  const [finding] = findings;
  const half = halfOf(message.text);
  if (finding === undefined) return { ...message, half, right: false, strict: false };
  const right = finding.tied.some((id) => fits(message, id));
  return { ...message, half, finding, right, strict: fits(message, finding.id) };
}

function judgeLog(planted: readonly PlantedFailure[], { findings }: Explanation): JudgedLog {
  const answers = findings.flatMap((finding) => finding.occurrences.map((lines) => ({ finding, lines })));
  const missed = planted.filter(
    (plant) =>
      !answers.some(({ finding, lines }) => overlap(lines, plant.lines) && finding.tied.some((id) => fits(plant, id))),
  );
  const invented = answers
    .filter(({ lines }) => !planted.some((plant) => overlap(lines, plant.lines)))
    .map(({ finding, lines }) => ({ id: finding.id, lines, text: finding.text }));
  return { planted: planted.length, missed, invented };
}

function fits(
  { label, also = [] }: { readonly label: string; readonly also?: readonly string[] },
  id: string,
): boolean {
  return id === label || also.includes(id);
}

function overlap(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] <= b[1] && b[0] <= a[1];
}

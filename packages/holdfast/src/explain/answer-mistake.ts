/**
 * Whether answers answer anything, and what whoever gave one that does not is told: the same words in the command, on the
 * site and for an agent. Pure.
 */

import { questionAnswers } from "@holdfast/catalog/explain";
import { nearestIds } from "../catalog/nearest-ids.ts";

export interface AnswerMistake {
  readonly kind: "unknown-question" | "unknown-answer";
  /** What was wrong and what was expected; no full stop at its end. */
  readonly message: string;
  /** Every name that would have done: of questions, or of the question's answers. */
  readonly expected: readonly string[];
}

/** The first mistake among answers, given as pairs of question and answer. Default, for none: undefined. */
export function answerMistake(given: Iterable<readonly [question: string, answer: string]>): AnswerMistake | undefined {
  const questions = questionAnswers();
  for (const [question, answer] of given) {
    const expected = Object.hasOwn(questions, question) ? questions[question] : undefined;
    if (expected === undefined) return unknownQuestion(question, Object.keys(questions));
    if (expected.includes(answer)) continue;
    const message = `${answer} is no answer to ${question}: expected ${expected.join(" or ")}`;
    return { kind: "unknown-answer", message, expected };
  }
  return undefined;
}

function unknownQuestion(question: string, expected: readonly string[]): AnswerMistake {
  const nearest = nearestIds(question, expected);
  const meant = nearest.length === 0 ? "" : `; the nearest: ${nearest.join(", ")}`;
  return { kind: "unknown-question", message: `no question has the name ${question}${meant}`, expected };
}

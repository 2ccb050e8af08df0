/** Questions about a tie: which one tells its entries apart best, and what the answers leave of it. */

import type { TableQuestion } from "../match/signature-table.ts";
import type { GivenAnswer, QuestionOffer } from "./explanation.ts";

export interface ThinnedTie {
  /** In the order of the tie; never empty when the tie was not. */
  readonly left: readonly string[];
  /** Answers that fit an entry of the tie, whether or not others went. */
  readonly fitting: readonly GivenAnswer[];
  /** Answers about this tie that fit nothing of what was left; they changed nothing. */
  readonly contradicted: readonly GivenAnswer[];
}

/**
 * Entries that an answer speaks against go; those that its question does not judge stay. An answer that fits none of those
 * left contradicts the text, or another answer. The same answers leave the same entries in whatever order they come: of
 * two that contradict each other, the one whose question stands first in the table counts.
 */
export function thinByAnswers(
  tied: readonly string[],
  questions: readonly TableQuestion[],
  answers: Readonly<Record<string, string>>,
): ThinnedTie {
  let left = tied;
  const fitting: GivenAnswer[] = [];
  const contradicted: GivenAnswer[] = [];
  for (const { id, answers: possible } of questions) {
    const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
    const fits = answer === undefined || !Object.hasOwn(possible, answer) ? undefined : possible[answer];
    if (answer === undefined || fits === undefined) continue;
    const judged = new Set(Object.values(possible).flat());
    if (!left.some((entry) => judged.has(entry))) continue; // a question about something else
    if (!left.some((entry) => fits.includes(entry))) {
      contradicted.push({ id, answer });
      continue;
    }
    fitting.push({ id, answer });
    left = left.filter((entry) => fits.includes(entry) || !judged.has(entry));
  }
  return { left, fitting, contradicted };
}

/**
 * The question whose answer parts most pairs for what it asks to read: whoever chooses between n answers, or finds that
 * none is right, does the work of log2(n + 1) questions with yes and no. Pairs of likelier entries count more. Undefined
 * when none parts any.
 */
export function chooseQuestion(
  tied: readonly string[],
  questions: readonly TableQuestion[],
  answered: Readonly<Record<string, string>>,
): QuestionOffer | undefined {
  let best: TableQuestion | undefined;
  let most = 0;
  for (const question of tied.length < 2 ? [] : questions) {
    if (Object.hasOwn(answered, question.id)) continue;
    const value = valueOf(question, tied) / Math.log2(1 + Object.keys(question.answers).length);
    if (value > most) [best, most] = [question, value];
  }
  return best && { id: best.id, answers: Object.keys(best.answers) };
}

function valueOf({ answers }: TableQuestion, tied: readonly string[]): number {
  const lists = Object.values(answers);
  // Most questions are about other entries.
  if (tied.filter((entry) => lists.some((list) => list.includes(entry))).length < 2) return 0;
  /** For each entry the answers that fit it; none for an entry that the question does not judge. */
  const fits = tied.map((entry) => lists.filter((list) => list.includes(entry)));
  let value = 0;
  for (const [a, one] of fits.entries()) {
    for (const [b, other] of fits.entries()) {
      if (b > a && one.length > 0 && other.length > 0) value += (lost(one, other) + lost(other, one)) / (1 + a + b);
    }
  }
  return value;
}

/** The share of the true entry's answers that drop the other one. */
function lost<T>(trueFits: readonly T[], otherFits: readonly T[]): number {
  return trueFits.filter((answer) => !otherFits.includes(answer)).length / trueFits.length;
}

/** Questions about a tie: which one tells its entries apart best, and what an answer leaves of it. */

import type { TableQuestion } from "../match/signature-table.ts";
import type { QuestionOffer } from "./explanation.ts";

/**
 * Entries that the answer speaks against go; those that the question does not judge stay. An answer that would leave
 * nothing was not meant for this tie and changes nothing.
 */
export function thinByAnswers(
  tied: readonly string[],
  questions: readonly TableQuestion[],
  answers: Readonly<Record<string, string>>,
): readonly string[] {
  let left = tied;
  for (const { id, answers: possible } of questions) {
    const given = Object.hasOwn(answers, id) ? answers[id] : undefined;
    const fits = given === undefined || !Object.hasOwn(possible, given) ? undefined : possible[given];
    if (fits === undefined) continue;
    const judged = new Set(Object.values(possible).flat());
    const kept = left.filter((entry) => fits.includes(entry) || !judged.has(entry));
    if (kept.some((entry) => fits.includes(entry))) left = kept;
  }
  return left;
}

/**
 * The question that separates most pairs for what it asks to read: one with n answers stands for log2(n) questions with
 * yes and no. Pairs of likelier entries count more. Undefined when none separates any.
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
    const value = valueOf(question, tied) / Math.log2(Math.max(2, Object.keys(question.answers).length));
    if (value > most) [best, most] = [question, value];
  }
  return best && { id: best.id, answers: Object.keys(best.answers) };
}

function valueOf({ answers }: TableQuestion, tied: readonly string[]): number {
  const lists = Object.values(answers);
  /** Which answers an entry fits; the empty text is an entry that the question does not judge. */
  const fits = tied.map((entry) => lists.map((list) => (list.includes(entry) ? "1" : "0")).join(""));
  let value = 0;
  for (let a = 0; a < tied.length; a++) {
    for (let b = a + 1; b < tied.length; b++) {
      const [one = "", other = ""] = [fits[a], fits[b]];
      if (one !== other && one.includes("1") && other.includes("1")) value += 1 / (1 + a + b);
    }
  }
  return value;
}

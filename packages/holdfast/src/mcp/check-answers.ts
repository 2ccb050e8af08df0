/** Whether answers answer anything: a question that does not exist, or an answer that it does not have, is refused. */

import { questionAnswers } from "@holdfast/catalog";
import { nearestSentence } from "./nearest-sentence.ts";

/** Throws an error whose message says what was expected. */
export function checkAnswers(answers: Readonly<Record<string, string>>): void {
  const questions = questionAnswers();
  for (const [question, answer] of Object.entries(answers)) {
    const possible = Object.hasOwn(questions, question) ? questions[question] : undefined;
    if (possible === undefined)
      throw new Error(`No question has the id ${question}.${nearestSentence(question, Object.keys(questions))}`);
    if (!possible.includes(answer))
      throw new Error(`${answer} is no answer to ${question}. Expected one of: ${possible.join(", ")}.`);
  }
}

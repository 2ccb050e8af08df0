/** What the tools take: bounds, and the words that someone gets who misses one. Owns no tool. */

import { z } from "zod";

/** Some ten thousand lines, and as much as models hand over at once; larger logs go to the command. */
export const maxTextLetters = 1_000_000;

/** Ids, tags and the like: the longest that there are have some 50 letters. */
export const maxNameLetters = 200;

const maxQueryLetters = 500;

export const textInput = z
  .string()
  .max(maxTextLetters, {
    error: `the text may have at most ${maxTextLetters.toLocaleString("en")} characters; cut it around the failure, or run: holdfast explain -f FILE`,
  })
  .regex(/\S/, { error: "the text is empty: nothing to explain" });

/** Names only: whatever is said back in an error message went through this. Plain ASCII, which clients in every language read. */
function nameInput(what: string): z.ZodString {
  return z
    .string()
    .max(maxNameLetters, { error: `a name has at most ${maxNameLetters} characters` })
    .regex(/^[A-Za-z0-9/_. -]+$/, { error: `expected ${what}` });
}

export const idInput = nameInput("an id such as tcp/fin-inflight");
export const questionInput = nameInput("the id of a question, such as goaway-before");
export const answerInput = nameInput("the id of an answer, such as yes");
export const filterInput = nameInput("a name of letters, digits, blanks and /_.-");

export const queryInput = z
  .string()
  .max(maxQueryLetters, {
    error: `a search has at most ${maxQueryLetters} characters; hand whole errors to explain_error`,
  })
  .regex(/\S/, { error: "nothing to search for" });

export const answersInput = z
  .record(questionInput, answerInput)
  .refine((answers) => Object.keys(answers).length <= 50, { error: "at most 50 answers" });

export const languageInput = z.enum(["en", "zh"]).default("en").describe("Language of the answer: English or Chinese.");

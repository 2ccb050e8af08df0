import { describe, expect, it } from "vitest";
import { questionAnswers } from "@holdfast/catalog/explain";
import { answerMistake } from "./answer-mistake.ts";

describe("answers to questions", () => {
  it("are right when the question has them", () => {
    const all = Object.entries(questionAnswers());
    expect(all.length).toBeGreaterThan(10);
    for (const [question, answers] of all) {
      for (const answer of answers) expect(answerMistake([[question, answer]])).toBeUndefined();
    }
    expect(answerMistake([])).toBeUndefined();
  });

  it("to no question are told, with the nearest", () => {
    expect(answerMistake([["goaway-befor", "yes"]])).toMatchObject({
      kind: "unknown-question",
      message: expect.stringMatching(/^no question has the name goaway-befor; the nearest: goaway-before\b/),
      expected: Object.keys(questionAnswers()),
    });
    expect(answerMistake([["qqq", "yes"]])?.message).toBe("no question has the name qqq");
  });

  it("that a question does not have are told, with those that it has", () => {
    expect(
      answerMistake([
        ["goaway-before", "yes"],
        ["goaway-before", "perhaps"],
      ]),
    ).toEqual({
      kind: "unknown-answer",
      message: "perhaps is no answer to goaway-before: expected yes or no",
      expected: ["yes", "no"],
    });
  });

  it("are not found among what every object has", () => {
    expect(answerMistake([["__proto__", "x"]])?.kind).toBe("unknown-question");
    expect(answerMistake([["constructor", "name"]])?.kind).toBe("unknown-question");
  });
});

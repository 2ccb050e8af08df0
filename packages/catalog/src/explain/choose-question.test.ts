import { describe, expect, it } from "vitest";
import { chooseQuestion, thinByAnswers } from "./choose-question.ts";
import { explain } from "./index.ts";

const questions = [
  { id: "one-of-many", answers: { yes: ["a/d"], no: ["a/c"] } },
  { id: "first-two", answers: { yes: ["a/a"], no: ["a/b"] } },
  { id: "parts-all", answers: { x: ["a/a"], y: ["a/b", "a/c"], z: ["a/d"] } },
  { id: "elsewhere", answers: { yes: ["b/a"], no: ["b/b"] } },
];

describe("questions", () => {
  it("prefers the one that parts most, likelier entries first", () => {
    expect(chooseQuestion(["a/a", "a/b", "a/c", "a/d"], questions, {})).toEqual({
      id: "parts-all",
      answers: ["x", "y", "z"],
    });
    expect(chooseQuestion(["a/a", "a/b"], questions, { "parts-all": "x" })?.id).toBe("first-two");
  });

  it("prefers few answers when many part hardly more", () => {
    const tied = ["a/a", "a/b", "a/c", "a/d"];
    const two = { id: "two", answers: { yes: ["a/a", "a/c"], no: ["a/b", "a/d"] } };
    const unfit = Object.fromEntries(["k", "l", "m", "n"].map((answer) => [answer, []]));
    const many = { id: "many", answers: { ...unfit, w: ["a/a"], x: ["a/b"], y: ["a/c"], z: ["a/d"] } };
    const four = { id: "four", answers: { w: ["a/a"], x: ["a/b"], y: ["a/c"], z: ["a/d"] } };
    expect(chooseQuestion(tied, [many, two], {})?.id).toBe("two");
    expect(chooseQuestion(tied, [many, four], {})?.id).toBe("four");
    expect(explain("14 UNAVAILABLE: Connection dropped").findings[0]?.question?.id).toBe("goaway-before");
  });

  it("asks nothing that would not part the tie", () => {
    expect(chooseQuestion(["a/a"], questions, {})).toBeUndefined();
    expect(chooseQuestion(["c/a", "c/b"], questions, {})).toBeUndefined();
    expect(chooseQuestion(["b/a", "c/b"], questions, {})).toBeUndefined();
  });

  it("drops what an answer speaks against and keeps what the question does not judge", () => {
    expect(thinByAnswers(["a/a", "c/x", "a/b"], questions, { "first-two": "no" })).toEqual(["c/x", "a/b"]);
  });

  it("lets answers that fit nothing here change nothing", () => {
    expect(thinByAnswers(["a/a", "c/x"], questions, { "first-two": "no" })).toEqual(["a/a", "c/x"]);
    expect(thinByAnswers(["a/a", "a/b"], questions, { "first-two": "constructor", nothing: "yes" })).toEqual([
      "a/a",
      "a/b",
    ]);
  });
});

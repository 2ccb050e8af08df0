import { describe, expect, it } from "vitest";
import { records } from "#catalog/records.js";
import { table } from "#catalog/signatures.js";
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

  it("counts a pair only as far as an answer would part it", () => {
    const half = { id: "half", answers: { both: ["a/a", "a/b"], one: ["a/a"], other: ["a/b"] } };
    const whole = { id: "whole", answers: { one: ["a/a"], other: ["a/b"], none: [] } };
    expect(chooseQuestion(["a/a", "a/b"], [half, whole], {})?.id).toBe("whole");
    expect(chooseQuestion(["a/a", "a/b"], [half], {})?.id).toBe("half");
  });

  it("drops what an answer speaks against and keeps what the question does not judge", () => {
    const thinned = thinByAnswers(["a/a", "c/x", "a/b"], questions, { "first-two": "no" });
    expect(thinned.left).toEqual(["c/x", "a/b"]);
    expect(thinned.fitting).toEqual([{ id: "first-two", answer: "no" }]);
    expect(thinned.contradicted).toEqual([]);
  });

  it("leaves out an answer that fits nothing here, and says so", () => {
    const thinned = thinByAnswers(["a/a", "c/x"], questions, { "first-two": "no" });
    expect(thinned).toEqual({
      left: ["a/a", "c/x"],
      fitting: [],
      contradicted: [{ id: "first-two", answer: "no" }],
    });
  });

  it.each([
    { "parts-all": "x", "first-two": "no" },
    { "first-two": "no", "parts-all": "x" },
  ])("names the one of two answers that the other contradicts, in whatever order they come: %j", (answers) => {
    expect(thinByAnswers(["a/a", "a/b"], questions, answers)).toMatchObject({
      left: ["a/b"],
      contradicted: [{ id: "parts-all", answer: "x" }],
    });
  });

  it("passes over answers about something else, and those that there are not", () => {
    for (const answers of [{ elsewhere: "yes" }, { "first-two": "constructor", nothing: "yes" }]) {
      expect(thinByAnswers(["a/a", "a/b"], questions, answers)).toEqual({
        left: ["a/a", "a/b"],
        fitting: [],
        contradicted: [],
      });
    }
  });
});

/** What is left in the worst case, when the cause is in the tie and each question that is asked is answered truly. */
function worstAfter(depth: number, tied: readonly string[], answered: Readonly<Record<string, string>> = {}): Left {
  const asked = depth === 0 || tied.length < 3 ? undefined : chooseQuestion(tied, table.questions, answered);
  if (asked === undefined) return { tied, answered };
  const question = table.questions.find(({ id }) => id === asked.id);
  const results = Object.entries(question?.answers ?? {})
    .filter(([, fits]) => tied.some((entry) => fits.includes(entry)))
    .map(([answer]) => {
      const { left } = thinByAnswers(tied, table.questions, { [asked.id]: answer });
      return worstAfter(depth - 1, left, { ...answered, [asked.id]: answer });
    });
  return results.reduce((one, other) => (other.tied.length > one.tied.length ? other : one));
}

interface Left {
  readonly tied: readonly string[];
  readonly answered: Readonly<Record<string, string>>;
}

describe("every tie of the catalog", () => {
  const parts = ["EOF", "connection reset by peer", "stream terminated by RST_STREAM", "transport is closing"];
  const examples = records.flatMap(({ signatures }) => signatures.map(({ example }) => example));
  const ties = new Map<string, readonly string[]>();
  for (const text of [...examples, ...parts]) {
    for (const { tied } of explain(text).findings) if (tied.length > 1) ties.set(tied.join(" "), tied);
  }
  /** Also those that no example of a single entry shows: all that have a text, likeliest first. */
  const failures = table.signatures.filter(({ role }) => role === "failure").sort((a, b) => a.rank - b.rank);
  for (const text of new Set(failures.map((signature) => signature.text))) {
    const sharing = failures.filter((signature) => signature.text === text);
    const tied = [...new Set(sharing.map(({ entry }) => table.entries[entry]?.id ?? ""))];
    if (tied.length > 1) ties.set(tied.join(" "), tied);
  }

  it("comes with a question", () => {
    expect(ties.size).toBeGreaterThan(150);
    const mute = [...ties.values()].filter((tied) => chooseQuestion(tied, table.questions, {}) === undefined);
    expect(mute).toEqual([]);
  });

  it("is one entry or a pair after three answers", () => {
    const long = [...ties.values()].map((tied) => worstAfter(3, tied)).filter(({ tied }) => tied.length > 2);
    expect(long).toEqual([]);
  });

  it("of two entries is one after one answer that parts them", () => {
    const pairs = [...ties.values()].filter((tied) => tied.length === 2);
    const kept = pairs.filter((tied) => {
      const asked = chooseQuestion(tied, table.questions, {});
      return !(asked?.answers ?? []).some(
        (answer) => thinByAnswers(tied, table.questions, { [asked?.id ?? ""]: answer }).left.length === 1,
      );
    });
    expect(kept).toEqual([]);
  });
});

describe("an answer that something speaks against", () => {
  const text = "14 UNAVAILABLE: Connection dropped";

  it("is named by the finding, and only then", () => {
    expect(explain(text, { answers: { "goaway-before": "no" } }).findings[0]).not.toHaveProperty("contradicted");
    const answers = { "what-the-port-answers": "no-name" };
    const [alone, answered] = [explain(text), explain(text, { answers })].map(({ findings }) => findings[0]);
    expect(answered?.tied).toEqual(alone?.tied);
    expect(answered?.contradicted).toEqual([{ id: "what-the-port-answers", answer: "no-name" }]);
  });

  it("is not held against a decisive text when it fits another finding", () => {
    const decisive = "14 UNAVAILABLE: Name resolution failed for target dns:shop:443";
    const answers = { "what-the-port-answers": "works" };
    expect(explain(decisive, { answers }).findings[0]?.contradicted).toHaveLength(1);
    const both = explain(`${decisive}\n\nGET / 200\n\n${text}`, { answers }).findings;
    expect(both.map(({ contradicted }) => contradicted)).toEqual([undefined, undefined]);
  });
});

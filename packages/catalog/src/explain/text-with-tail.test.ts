/** A library's text to which the program that prints it adds words of its own. */

import { describe, expect, it } from "vitest";
import { answerClasses } from "./answer-class.ts";
import { explain } from "./index.ts";

describe("a text with others' words behind it", () => {
  const alone = explain("Error: 14 UNAVAILABLE: Connection dropped").findings[0];

  it.each([
    ", retrying in 3s",
    ". Retrying",
    "; giving up after 3 attempts",
    " - attempt 2/5",
    " \u2014 attempt 2/5",
    " | attempt=2",
    ', {"attempt":2}',
  ])("means what it means alone: %s", (tail) => {
    const [finding] = explain(`Error: 14 UNAVAILABLE: Connection dropped${tail}`).findings;
    expect(finding?.tied).toEqual(alone?.tied);
    expect(finding?.confidence).toBeLessThanOrEqual(alone?.confidence ?? 0);
  });

  it("has less standing than the text alone", () => {
    const [finding] = explain("Error: 14 UNAVAILABLE: Connection dropped, retrying in 3s").findings;
    expect(finding?.confidence).toBeLessThan(alone?.confidence ?? 0);
  });

  it.each([
    "Error: 14 UNAVAILABLE: Connection dropped the ball",
    "Error: 14 UNAVAILABLE: Connection dropped-off",
    "Error: 14 UNAVAILABLE: Connection dropped, last error: the cable was cut",
  ])("is not taken from what says something else: %s", (line) => {
    expect(explain(line).findings[0]?.confidence).toBe(answerClasses.phrase);
  });

  it.each(["Connection dropped, retrying in 3s", "[disk] Connection dropped. Retrying"])(
    "is not taken from what is nobody's status: %s",
    (line) => {
      expect(explain(line).findings).toEqual([]);
    },
  );
});

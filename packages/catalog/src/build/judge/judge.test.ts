import { describe, expect, it } from "vitest";
import type { Explanation, Finding } from "../../explain/explanation.ts";
import { judge } from "./judge.ts";
import { halfOf } from "./labelled-sets.ts";

describe("judge", () => {
  const message = {
    text: "boom 14",
    implementation: "grpc-js",
    version: "1",
    label: "tcp/fin-inflight",
    origin: "run: x",
  };
  const answer =
    (...findings: Finding[]) =>
    (): Explanation => ({
      known: findings.length > 0,
      findings,
      notKnown: [],
      linesRead: 1,
      bytesRead: 1,
    });
  const sets = { messages: [message], negatives: [] };

  it("counts a tie that holds the cause as right, but not as strictly right", () => {
    const [judged] = judge(sets, answer(finding(["grpc/other", "tcp/fin-inflight"]))).messages;
    expect(judged).toMatchObject({ right: true, strict: false });
  });

  it("counts an entry that is as right as the label", () => {
    const also = { messages: [{ ...message, also: ["grpc/other"] }], negatives: [] };
    expect(judge(also, answer(finding(["grpc/other"]))).messages[0]).toMatchObject({ right: true, strict: true });
  });

  it("counts silence, and a first answer without the cause, as wrong", () => {
    expect(judge(sets, answer()).messages[0]?.right).toBe(false);
    const late = answer(finding(["grpc/other"]), finding(["tcp/fin-inflight"]));
    expect(judge(sets, late).messages[0]?.right).toBe(false);
  });

  it("asks each planted failure for an answer on its lines, and each answer for a planted failure", () => {
    const planted = [
      { lines: [4, 6], label: "tcp/fin-inflight", from: "a" },
      { lines: [20, 20], label: "connect/refused", from: "b" },
    ] as const;
    const found = answer(finding(["tcp/fin-inflight"], [5, 5]), finding(["connect/refused"], [21, 21]));
    const { log } = judge({ ...sets, log: { text: "", planted } }, found);
    expect(log?.missed.map(({ from }) => from)).toEqual(["b"]);
    expect(log?.invented.map(({ lines }) => lines)).toEqual([[21, 21]]);
  });

  it("keeps the same words with another number in one half", () => {
    expect(halfOf("connect ECONNREFUSED 127.0.0.1:41")).toBe(halfOf("connect ECONNREFUSED 127.0.0.1:50051"));
    const halves = Array.from({ length: 200 }, (_, n) => halfOf("x".repeat(n)));
    expect(halves.filter((half) => half === "develop").length).toBeGreaterThan(60);
    expect(halves.filter((half) => half === "held-out").length).toBeGreaterThan(60);
  });
});

function finding(tied: readonly string[], lines: readonly [number, number] = [1, 1]): Finding {
  const [id = ""] = tied;
  return { id, tied, confidence: 0.9, lines, occurrences: [lines], count: 1, processed: "maybe", text: "", facts: {} };
}

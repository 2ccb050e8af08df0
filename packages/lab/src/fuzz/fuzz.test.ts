import { describe, expect, it } from "vitest";
import { Dice } from "./dice.ts";
import { Fuzz } from "./fuzz.ts";
import { type FuzzInput, type FuzzStep, inputFromText, inputToText } from "./input.ts";
import { judge } from "./judge.ts";
import { keptRecordings, keptRegressions } from "./kept-inputs.ts";
import { makeInput } from "./make/input.ts";
import { BrokenPromise } from "./outcome.ts";
import { runInput } from "./subject.ts";

/** A longer one is cut at every place of its beginning. */
const mostCuts = 2_500;

describe("the fuzz search", () => {
  it("finds nothing in a few hundred executions", () => {
    const fuzz = new Fuzz(1, []);
    for (let i = 0; i < 300; i++) fuzz.execute();
    expect([...fuzz.findings.values()]).toEqual([]);
    expect(fuzz.featureCount).toBeGreaterThan(100);
  });

  it("does the same again with the same seed", () => {
    const [one, two] = [new Fuzz(7, []), new Fuzz(7, [])];
    for (let i = 0; i < 50; i++) for (const fuzz of [one, two]) fuzz.execute();
    expect([one.bytes, one.corpusSize, one.featureCount]).toEqual([two.bytes, two.corpusSize, two.featureCount]);
  });
});

describe("an input", () => {
  it("is the same after it was written and read", () => {
    for (let seed = 0; seed < 50; seed++) {
      const input = makeInput(new Dice(seed));
      expect(inputToText(inputFromText(inputToText(input)))).toBe(inputToText(input));
    }
  });

  it.each([
    ["bytes 00", 'no line says "role client|server|decoder"'],
    ["role client\nbytes 0g", "line 2: expected"],
    ["role client\nact nothing", 'got "act nothing"'],
  ])("%j: %s", (text, message) => {
    expect(() => inputFromText(text)).toThrow(message);
  });
});

describe("what is kept", () => {
  it.each(keptRegressions().map(({ name, input }) => [name, input] as const))(
    "%s finds nothing any more",
    (_, input) => {
      expect(judge(input, 1).kind).toBe("sound");
    },
  );

  it.each(keptRecordings().map(({ name, input }) => [name, input] as const))(
    "%s means the same wherever it is cut in two",
    (_, input) => {
      const whole = joined(input);
      const expected = runInput(whole).heard;
      expect(expected.some((line) => line.startsWith("failed"))).toBe(false);
      const length = Math.max(...whole.steps.map((step) => (step.kind === "bytes" ? step.bytes.length : 0)));
      for (let at = 1; at < Math.min(length, mostCuts); at++) {
        const { heard } = runInput(whole, (bytes) => [bytes.subarray(0, at), bytes.subarray(at)]);
        if (heard.join("\n") !== expected.join("\n")) throw new BrokenPromise(`cut behind octet ${at}`);
      }
    },
  );
});

/** What follows each other as one read of a socket. */
function joined({ role, steps }: FuzzInput): FuzzInput {
  const reads: FuzzStep[] = [];
  for (const step of steps) {
    const last = reads.at(-1);
    if (step.kind !== "bytes" || last?.kind !== "bytes") reads.push(step);
    else reads.splice(-1, 1, { kind: "bytes", bytes: Buffer.concat([last.bytes, step.bytes]) });
  }
  return { role, steps: reads };
}

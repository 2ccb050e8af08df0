import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteSizeText, parseByteSize } from "./byte-size.ts";
import { durationText, parseDuration } from "./duration.ts";
import { FactFault } from "./fact-fault.ts";
import { questions } from "./questions-table.ts";
import { readFacts } from "./read-facts.ts";

describe("a duration", () => {
  it.each([
    ["60s", 60_000],
    ["1.5m", 90_000],
    ["500ms", 500],
    ["1h30m", 5_400_000],
    ["2d", 172_800_000],
  ])("%s is %i ms", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["60", "s", "", "-5s", "5 s", "1h30", "1e3s", "٣s", "5s5"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it("is shown so that it reads as the same again, to a hundredth", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), (ms) => {
        const again = parseDuration(durationText(ms)) ?? NaN;
        expect(Math.abs(again - ms)).toBeLessThanOrEqual(ms / 100);
      }),
    );
    expect([60_000, 90_000, 300_000, 3_600_000, 1_500, 999, Infinity, 0].map(durationText)).toEqual([
      ...["1m", "90s", "5m", "1h", "1.5s", "999ms", "never", "0s"],
    ]);
  });
});

describe("a size", () => {
  it("is read with its unit, and shown so that it reads as the same again, to a hundredth", () => {
    expect(["4MiB", "16k", "1KB", "512B", "1.5m"].map(parseByteSize)).toEqual([
      4_194_304, 16_384, 1_000, 512, 1_572_864,
    ]);
    expect(["4", "MiB", "4 apples", "-1B", ""].map(parseByteSize)).toEqual(Array(5).fill(undefined));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (bytes) => {
        expect(Math.abs((parseByteSize(byteSizeText(bytes)) ?? NaN) - bytes)).toBeLessThanOrEqual(bytes / 100);
      }),
    );
  });
});

describe("facts", () => {
  it("have defaults, which are what the questions say", () => {
    const typed = Object.fromEntries(
      questions.filter(({ fact }) => fact !== "longest-silence").map(({ fact, otherwise }) => [fact, otherwise]),
    );
    expect(readFacts({})).toEqual(readFacts(typed));
    expect(readFacts({})).toMatchObject({
      onKubernetes: true,
      longestCallMs: 300_000,
      longestSilenceMs: 300_000,
      tls: false,
    });
  });

  it("are silent for no longer than the longest call, and 5m in endless ones", () => {
    expect(readFacts({ "longest-call": "10s", "longest-silence": "1m" }).longestSilenceMs).toBe(10_000);
    expect(readFacts({ "longest-call": "endless" })).toMatchObject({
      longestCallMs: Infinity,
      longestSilenceMs: 300_000,
    });
  });

  it("know hops by what people call them, with versions", () => {
    expect(readFacts({ hops: " Python , nginx@1.22,ALB,node, k8s" })).toMatchObject({
      hops: [{ kind: "grpc-core" }, { kind: "nginx", version: [1, 22] }, { kind: "aws-alb" }, { kind: "grpc-js" }],
      onKubernetes: true,
    });
  });

  it("are facts, or a fault that names one of them: whatever is typed", () => {
    const names = questions.map(({ fact }) => fact);
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom("60s", "4MiB", "yes", "endless", "go,go", "go,nginx@1,k8s", "__proto__", "9".repeat(400)),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), text), (typed) => {
        try {
          expect(readFacts(typed).hops.length).toBeGreaterThan(1);
        } catch (error) {
          expect(error).toBeInstanceOf(FactFault);
          expect(names).toContain((error as FactFault).fact);
        }
      }),
    );
  });
});

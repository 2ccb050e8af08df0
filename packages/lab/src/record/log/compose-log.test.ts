import { describe, expect, it } from "vitest";
import type { RecordedMessage } from "../wire-event.ts";
import { composeLog } from "./compose-log.ts";

const failure = (implementation: string, text: string): RecordedMessage => ({
  text,
  implementation,
  version: "1",
  label: "tcp/fin-inflight",
  origin: "run: fin-in-call",
});

describe("composeLog", () => {
  const failures = [
    failure("grpc-js", "Error: 14 UNAVAILABLE: gone\n    at a\n    at b"),
    failure("grpc-go", "code = x"),
  ];
  const options = { seed: 7, lines: 300, foreign: ["boom of another program"] };
  const { text, planted } = composeLog(failures, options);
  const lines = text.trimEnd().split("\n");

  it("writes as many lines as it was asked for", () => {
    expect(lines.length).toBe(300);
  });

  it("says of each failure in which lines it stands", () => {
    expect(planted).toHaveLength(2);
    const [first, second] = planted.map(({ lines: [from, to] }) => lines.slice(from - 1, to));
    expect(first?.[0]).toContain("could not load order: Error: 14 UNAVAILABLE: gone");
    expect(first?.at(-1)).toMatch(/^orders-1 +\| {5}at b$/);
    expect(second?.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ logger: "stock", error: "code = x" }]);
  });

  it("makes the same log again from the same seed, and another from another", () => {
    expect(composeLog(failures, options).text).toBe(text);
    expect(composeLog(failures, { ...options, seed: 8 }).text).not.toBe(text);
  });
});

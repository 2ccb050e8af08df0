/** Whatever comes in: nothing is thrown, nothing hangs, and nothing that a terminal would obey comes out. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadMatcher } from "../match/matcher.ts";
import type { SignatureTable } from "../match/signature-table.ts";
import { explainWith } from "./explain-with.ts";
import type { Explanation } from "./explanation.ts";

const texts = [
  "Connection dropped",
  "Received RST_STREAM with code {http2_code:int}",
  "transport is closing",
  "debug data: {debug_data:text}",
];
const table: SignatureTable = {
  entries: [{ id: "tcp/fin", aliases: [], processed: "maybe", confusedWith: [] }],
  signatures: texts.map((text) => ({
    entry: 0,
    implementation: "any",
    code: null,
    text,
    rank: 1,
    whole: false,
    context: "none",
    role: "failure",
  })),
  questions: [],
  reasons: {},
};

/** Texts of real programs, with what an attacker would like to see printed. */
const seeds = [
  "Error: 14 UNAVAILABLE: Connection dropped\n    at f (x.js:1:1) {\n  code: 14,\n  details: 'Connection dropped'\n}\n",
  'grpc._channel._InactiveRpcError: <_InactiveRpcError of RPC that terminated with:\n\tstatus = StatusCode.UNAVAILABLE\n\tdetails = "Socket closed"\n>\n',
  'rpc error: code = Unavailable desc = transport is closing, debug data: "\u001b[2J\u0007x"\n',
  '{"level":50,"time":1763726400000,"err":{"code":14,"details":"Connection dropped","stack":"a\\nb"},"msg":"\\u001b[31mred"}\n',
  'time="2026-11-21T12:00:01Z" level=error msg="14 UNAVAILABLE: Connection dropped"\n',
  "shop-1  | 13 INTERNAL: Received RST_STREAM with code 2\r\n",
  "\u001b]0;title\u0007\u001b[31m14 UNAVAILABLE: transport is closing\u001b[0m\u202e\u2028\n",
  '{"catalogId":"tcp/fin","processed":"no"}\n{"streamsEver":3,"goaways":[{"code":0}],"socket":"fin"}\n',
];

const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function strings(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

function isSound(explanation: Explanation, length: number): void {
  expect(explanation.bytesRead).toBe(length);
  expect(explanation.known).toBe(explanation.findings.length > 0);
  for (const text of strings(explanation)) {
    expect(text).not.toMatch(controls);
    expect(text.length).toBeLessThanOrEqual(500);
  }
  for (const { lines, occurrences, count } of explanation.findings) {
    expect(lines[0]).toBeLessThanOrEqual(lines[1]);
    expect(lines[1]).toBeLessThanOrEqual(explanation.linesRead);
    expect(occurrences.length).toBeLessThanOrEqual(count);
  }
  for (const { line } of explanation.notKnown) expect(line).toBeLessThanOrEqual(explanation.linesRead);
}

const encoder = new TextEncoder();
const fragment = fc.oneof(
  fc.constantFrom(...seeds),
  fc
    .tuple(fc.constantFrom(...seeds), fc.nat(300), fc.nat(300))
    .map(([seed, from, to]) => seed.slice(Math.min(from, to), Math.max(from, to))),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("\n", "\r\n", "\0", "{", "}", '"', "\\", "(", " ".repeat(50), "at ", "\t"),
);

describe("any input", () => {
  it("is survived: random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
        isSound(explainWith(loadMatcher(table), bytes), bytes.length);
      }),
      { numRuns: 150 },
    );
  });

  it("is survived: mutated texts of real programs", () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 25 }), (parts) => {
        const bytes = encoder.encode(parts.join(""));
        isSound(explainWith(loadMatcher(table), bytes), bytes.length);
      }),
      { numRuns: 400 },
    );
  });

  it("is read in time that grows with its length, also when every byte looks like a failure", () => {
    for (const piece of [
      "UNAVAILABLE: ",
      'details = "',
      "rpc error: code = Unavailable desc = ",
      "[internal] ",
      '{"details":"',
      "StatusCode.",
      "\\\\\\",
      " (GRPC:: 1:. debug_error_string:",
      "streamsEver goaways: [",
      'password=\\"UNAVAILABLE: ',
    ]) {
      const bytes = encoder.encode(piece.repeat(Math.ceil(300_000 / piece.length)));
      isSound(explainWith(loadMatcher(table), bytes), bytes.length);
    }
  });
});

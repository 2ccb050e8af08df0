import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { loadMatcher } from "../match/matcher.ts";
import type { SignatureTable } from "../match/signature-table.ts";
import { createExplainer } from "./explainer.ts";
import type { Explanation } from "./explanation.ts";
import { RepeatMemory } from "./repeat-memory.ts";

const failure = { implementation: "any", code: null, rank: 1, whole: false, context: "none", role: "failure" } as const;
/** Texts whose meaning hangs on a number, on the lines around them, or on clues before them. */
const small: SignatureTable = {
  entries: ["a/one", "a/two"].map((id) => ({ id, aliases: [], processed: "depends", confusedWith: [] })),
  signatures: [
    { ...failure, entry: 0, text: "shared words" },
    { ...failure, entry: 1, text: "shared words", rank: 2 },
    { ...failure, entry: 1, text: "warning sign", role: "clue" },
    { ...failure, entry: 0, text: "everybody's words", context: "grpc" },
    { ...failure, entry: 0, text: "stopped with 7" },
    { ...failure, entry: 1, text: "stopped with 8" },
  ],
  questions: [],
};

function both(log: string, of: SignatureTable = small, pieceBytes = 100_000): readonly Explanation[] {
  // Short inputs are not worth remembering.
  const bytes = new TextEncoder().encode(`${"fine\n".repeat(1_000)}${log}`);
  return [new RepeatMemory(of), new RepeatMemory(of, 0)].map((memory) => {
    const explainer = createExplainer(loadMatcher(of), {}, memory);
    for (let at = 0; at < bytes.length; at += pieceBytes) explainer.push(bytes.subarray(at, at + pieceBytes));
    return explainer.end();
  });
}

/** `#` is a digit that differs from row to row. */
const texts = [
  "Error: 14 UNAVAILABLE: Connection dropped",
  "Error: 14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED 127.0.0.1:#####",
  "rpc error: code = Unavailable desc = transport is closing",
  'rpc error: code = Internal desc = stream terminated by RST_STREAM with error code: "#"',
  "read ECONNRESET 10.0.0.1:6379",
  "read ECONNRESET 10.0.0.1:#####",
  "3 INVALID_ARGUMENT: order ########-aaaa-bbbb",
  "order-# [##] 14 UNAVAILABLE: Connection dropped",
  '{"level":50,"time":17000000#####,"msg":"failed","err":{"code":14,"details":"Connection dropped"}}',
  '  code: 14,\n  details: "Connection dropped",\n  metadata: Metadata {}',
  "    at callErrorFromStatus (/app/node_modules/@grpc/grpc-js/build/src/call.js:##:##)",
  "grpc server listening on ####",
  "GET /orders/#### 200 ##ms",
  "",
];
const smallTexts = [...small.signatures.map(({ text }) => text), ...texts, "stopped with #", "warning sign #####"];
const realTexts = [...texts, ...table.signatures.map(({ text }) => text.replace(/\{[^}]*\}/g, "#"))];
const prefixes = ["", "2026-11-21T12:00:##.###Z ERROR [#####] ", "shop-#  | ", "E1121 12:00:##.###### #### a.cc:##] "];

/** Few different lines, so that they repeat. */
const logOf = (some: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom(...prefixes), fc.constantFrom(...some)), { minLength: 1, maxLength: 8 }),
      fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 9 })), { minLength: 2, maxLength: 150 }),
    )
    .map(([pool, picks]) => {
      const row = ([pick, digit]: readonly [number, number], number: number): string =>
        (pool[pick % pool.length] ?? []).join("").replaceAll("#", () => String((digit + (number % 4)) % 10));
      return `${picks.map(row).join("\n")}\n`;
    });

describe("remembering what came of a text", () => {
  it.each([
    ["a small table", small, smallTexts, 200],
    ["the catalog", table, realTexts, 50],
  ])("changes no answer, whatever repeats and whatever stands around it: %s", (_, of, some, numRuns) => {
    fc.assert(
      fc.property(logOf(some), fc.constantFrom(5_000, 100_000), (log, pieceBytes) => {
        const [remembering, forgetting] = both(log, of, pieceBytes);
        expect(remembering).toEqual(forgetting);
      }),
      { numRuns },
    );
  });

  it.each([
    ["clues before it", "shared words\nwarning sign\nshared words\n"],
    ["clues that come again", `warning sign${"\nfine".repeat(300)}\nwarning sign\nshared words\n`],
    ["lines around it", `everybody's words${"\nfine".repeat(40)}\neverybody's words\ngrpc\n`],
    ["short numbers", "stopped with 7\nstopped with 8\nstopped with 7\n"],
    ["being the first few", "3 INVALID_ARGUMENT: x\n".repeat(30)],
  ])("leaves what hangs on %s", (_, log) => {
    const [remembering, forgetting] = both(log);
    expect(remembering).toEqual(forgetting);
    expect([...(forgetting?.findings ?? []), ...(forgetting?.notKnown ?? [])].length).toBeGreaterThan(0);
  });

  it("counts repeats whose ids differ, and does not look at them again", () => {
    const rows = Array.from({ length: 50 }, (_, row) => `id=${row}4711 14 UNAVAILABLE: Connection dropped`);
    const [remembering, forgetting] = both(rows.join("\n"), table);
    expect(remembering?.findings).toMatchObject([{ count: 50 }]);
    expect(remembering).toEqual(forgetting);
  });

  it("takes numbers for the same only where nobody reads them", () => {
    const memory = new RepeatMemory(table);
    const keyOf = (text: string) =>
      memory.keyOf({ first: 1, last: 1, lines: [{ number: 1, line: { texts: [text], begins: true, statuses: [] } }] });
    expect(keyOf("user 48213 of 0a1b2c3d-11ee")).toBe(keyOf("user 1234 of ffffffff-0000"));
    expect(keyOf("from 127.0.0.1:43512")).toBe(keyOf("from 127.0.0.1:60001"));
    expect(keyOf("shop-3 [7] failed")).toBe(keyOf("shop-12 [731] failed"));
    expect(keyOf("to redis:6379")).not.toBe(keyOf("to shop:8080"));
    expect(keyOf("with code 2")).not.toBe(keyOf("with code 8"));
    expect(keyOf("x".repeat(501))).toBeUndefined();
  });

  it("holds no more than it may", () => {
    const memory = new RepeatMemory(table, 2);
    for (const key of ["a", "b", "c"]) memory.add(key, { clues: [], meant: new Set(), near: "" });
    expect(["a", "b", "c"].map((key) => memory.get(key).length > 0)).toEqual([false, true, true]);
  });
});

describe("what is remembered", () => {
  it("is bounded in letters, and the oldest goes first", () => {
    const memory = new RepeatMemory(small);
    const keyOf = (number: number): string => String(number).padEnd(4_000, "x");
    const held = 1_000; // of so many letters each, 4,000,000 in all
    for (let number = 0; number <= held; number++) memory.add(keyOf(number), { clues: [], meant: new Set(), near: "" });
    expect([0, 1, held].map((number) => memory.get(keyOf(number)).length)).toEqual([0, 1, 1]);
  });
});

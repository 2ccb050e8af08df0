/** The same input is answered the same, in whatever pieces and in whatever Unicode it comes. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { loadMatcher } from "../match/matcher.ts";
import { createExplainer } from "./explainer.ts";
import type { Explanation } from "./explanation.ts";

const matcher = loadMatcher(table);

function inPieces(bytes: Uint8Array, pieceBytes: number): Explanation {
  const explainer = createExplainer(matcher);
  for (let at = 0; at < bytes.length; at += pieceBytes) explainer.push(bytes.slice(at, at + pieceBytes));
  return explainer.end();
}

const dropped = "14 UNAVAILABLE: Connection dropped";
const encoder = new TextEncoder();

/** Lines below, at and above what is read whole, and stacks that reach further than what is held. */
const piece = fc.oneof(
  fc.constantFrom(
    `${dropped}\n`,
    `shop-1  | ${dropped}\nweb-1  | rpc error: code = Unavailable desc = transport is closing\n`,
    `Error: ${dropped}\n${`    at f (${"x".repeat(3_000)}.js:1:1)\n`.repeat(40)}`,
    `${`    at f (${"x".repeat(3_000)}.js:1:1)\n`.repeat(40)}    details: 'Connection dropped'\n`,
  ),
  fc.integer({ min: 1, max: 90_000 }).map((letters) => `${"y".repeat(letters)} ${dropped}\n`),
  fc
    .integer({ min: 1, max: 900 })
    .map((times) => `${`"k":"v", "msg":"${dropped}", `.repeat(times)}\n    at f (x.js:1:1)\n`),
  fc.integer({ min: 1, max: 20_000 }).map((lines) => "fine\n".repeat(lines)),
);

describe("input in pieces", () => {
  it("is answered as the whole is", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 500, max: 300_000 }),
        (all, size) => {
          const bytes = encoder.encode(all.join(""));
          const whole = inPieces(bytes, Math.max(1, bytes.length));
          expect(inPieces(bytes, size)).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("may end a piece between two long lines", () => {
    const longLine = (letters: number) => `${"y".repeat(letters)} ${dropped}\n`;
    const lines = [longLine(5_300), longLine(22_700), longLine(37_700), "fine\n".repeat(13_200)];
    const bytes = encoder.encode(lines.join(""));
    expect(inPieces(bytes, 503)).toEqual(inPieces(bytes, bytes.length));
  });

  it("may come byte by byte, also in a line without an end", () => {
    const bytes = encoder.encode(`${"z".repeat(200_000)}${`${dropped} `.repeat(3_000)}`);
    expect(inPieces(bytes, 1)).toEqual(inPieces(bytes, bytes.length));
  });

  it("is counted right when containers write in turns for long", () => {
    const stack = (name: string): readonly string[] =>
      [
        `Error: ${dropped}`,
        ...Array.from({ length: 12 }, () => "    at f (x.js:1:1)"),
        "  details: 'Connection dropped'",
      ].map((line) => `${name}  | ${line}`);
    const turn = stack("a-1").flatMap((line, index) => [line, stack("b-1")[index] ?? ""]);
    const times = 3_000;
    const { findings } = inPieces(encoder.encode(`${turn.join("\n")}\n`.repeat(times)), 65_536);
    expect(findings.reduce((sum, { count }) => sum + count, 0)).toBe(2 * times);
  });

  it.each([
    ["little", 0],
    ["big", 1],
  ])("may be UTF-16 with a mark, %s end first, as a redirected console writes it", (_, order) => {
    const units = [..."\ufeff", ...`Ünrelated €\r\n${dropped}\r\n`].map((letter) => letter.charCodeAt(0));
    const bytes = Uint8Array.from(
      units.flatMap((unit) => (order === 0 ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff])),
    );
    for (const size of [1, 3, 4_096]) {
      expect(inPieces(bytes, size)).toMatchObject({
        findings: [{ id: "tcp/fin-inflight", lines: [2, 2], text: dropped }],
        bytesRead: bytes.length,
        linesRead: 2,
      });
    }
  });

  it.each([[[]], [[0xff]], [[0xff, 0xfe]], [[0xfe, 0xff, 0xd8]]])("may be nearly nothing: %j", (bytes) => {
    expect(inPieces(Uint8Array.from(bytes), 1)).toMatchObject({ known: false, bytesRead: bytes.length });
  });
});

describe("a failure in a long line", () => {
  it("is found wherever it stands", () => {
    for (let before = 8_000; before <= 20_000; before += 500) {
      const { findings } = inPieces(encoder.encode(`${"x ".repeat(before / 2)}Error: ${dropped}\n`), 65_536);
      expect([before, findings.map(({ id }) => id)]).toEqual([before, ["tcp/fin-inflight"]]);
    }
  });
});

describe("failures that are counted as one", () => {
  const pad = "fine\n".repeat(2_000);
  const told = (log: string) => inPieces(encoder.encode(pad + log), 65_536).findings;

  it.each([
    ["statuses in brackets", "grpc-status: [8] x\ngrpc-status: [5] x\n"],
    [
      "HTTP/2 codes",
      "13 INTERNAL: Received RST_STREAM with code 9 (x)\n13 INTERNAL: Received RST_STREAM with code 5 (x)\n",
    ],
    ["what a status fits", `${dropped}\n13 INTERNAL: Connection dropped\n`],
  ])("do not differ in %s", (_, log) => {
    expect(told(log).map(({ count }) => count)).toEqual([1, 1]);
  });

  it("do not differ in whether the call was processed, however many failures there are", () => {
    const letters = (value: number): string =>
      value.toString(26).replace(/\d/g, (digit) => "qrstuvwxyz".charAt(Number(digit)));
    const one = (name: string, processed: string): string =>
      `{"msg":"call of ${name} failed","catalogId":"tcp/fin-inflight","processed":"${processed}"}\n`;
    const many = Array.from({ length: 1_200 }, (_, number) => one(letters(number), "no")).join("");
    const findings = told(many + one("the-last", "maybe"));
    expect(findings.at(-1)).toMatchObject({ processed: "maybe", count: 1 });
  });

  it("show the line, where the status has no words", () => {
    expect(told("grpc-status: [8]\n")).toMatchObject([{ text: "grpc-status: [8]" }]);
  });
});

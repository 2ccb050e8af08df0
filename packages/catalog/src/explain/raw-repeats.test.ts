import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { speaksOfGrpc } from "../read/implementation-of.ts";
import { readTime } from "../read/read-time.ts";
import { unwrapLine } from "../read/unwrap-line.ts";
import { mayMentionGrpc } from "./grpc-stems.ts";
import { bodyStart, RawRepeats, surelyBegins, timeInFront } from "./raw-repeats.ts";
import { RepeatMemory } from "./repeat-memory.ts";

/** Each memory reads all texts for numbers that tell: the others only cost time. */
const telling = { ...table, signatures: table.signatures.filter(({ text }) => /\d|[a-f]{8}/i.test(text)) };
const outcome = { clues: [], meant: new Set<number>(), near: "" };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `#` is a digit that differs, `~` a few of them. */
const times = [
  "2026-11-21T12:00:##.###Z",
  "2026-11-21 12:00:##",
  "2026/11/21 12:00:##,###",
  "2026-11-21T12:00:##+0#:00",
];
const pieces = [
  ...[" ", " ", "  ", ":", "-", "[", "]", "=", "|", ".", ",", "{", "}", '"', "\\", "\t", "\r", "\u009b"],
  ...["#", "~", "####", "#####", "########", "3####", "deadbeef", "deadbeef-####", "-#####", "shop-~", "node-~", "[~]"],
  ...[
    "x",
    "Z",
    "UTC",
    "+0#00",
    "stdout F ",
    "host unit: ",
    "unit[~]: ",
    "level=error ",
    '{"msg":"x","n":#}',
    "\u001b[31m",
  ],
  ...["grpc", "gRPC", "rpc error", "HTTP/2", "http2", "h2", "RST_STREAM", "GOAWAY", "StatusCode.", "ConnectError: ["],
  ...[
    "StatusRuntimeException",
    "RpcException",
    "tonic::",
    "connection error: desc = ",
    "ERR_HTTP2",
    "code 8",
    "Error: ",
  ],
];
const patterns = fc
  .tuple(fc.constantFrom(...times, ""), fc.array(fc.constantFrom(...pieces), { maxLength: 8 }))
  .map(([time, some]) => `${time}${time === "" ? "" : " "}${some.join("")}`);
const digits = fc.array(fc.nat({ max: 9 }), { minLength: 12, maxLength: 12 });

function filled(pattern: string, some: readonly number[]): string {
  let next = 0;
  const digit = (): string => String(some[next++ % some.length] ?? 0);
  return pattern.replace(/[#~]/g, (hole) => (hole === "#" ? digit() : digit().repeat(1 + (some[next % 12] ?? 0))));
}

describe("lines that are recognised by their bytes", () => {
  it("are the same for who reads them, too", () => {
    let found = 0;
    fc.assert(
      fc.property(patterns, digits, digits, (pattern, some, others) => {
        const memory = new RepeatMemory(telling);
        const keyOf = (text: string): string =>
          memory.keyOf({ first: 1, last: 1, lines: [{ number: 1, line: unwrapLine(text) }] }) ?? "";
        const [first, second] = [filled(pattern, some), filled(pattern, others)];
        const [bytes, again] = [encode(first), encode(second)];
        memory.add(keyOf(first), outcome);
        memory.setLine(bytes, 0, bytes.length, unwrapLine(first), keyOf(first));
        if (memory.getLine(again, 0, again.length) === undefined) return;
        found++;
        const line = unwrapLine(second);
        expect(keyOf(second)).toBe(keyOf(first));
        expect([line.begins, line.source, line.record, line.statuses]).toEqual([true, undefined, undefined, []]);
      }),
      { numRuns: 1_500 },
    );
    expect(found).toBeGreaterThan(90);
  });

  it.each([
    [
      "2026-11-21T12:00:01.5Z ERROR shop-3 [731] 14 UNAVAILABLE: x",
      "2026-11-21T12:00:07.25Z ERROR shop-12 [9] 14 UNAVAILABLE: x",
      true,
    ],
    ["2026-11-21 12:00:01 user 48213 at 10.0.0.1:43512", "2026-11-21 12:00:02 user 7301 at 10.0.0.1:60123", true],
    ["2026-11-21 12:00:01 redis:6379 failed", "2026-11-21 12:00:01 redis:8080 failed", false],
    ["2026-11-21 12:00:01 with code 2", "2026-11-21 12:00:01 with code 8", false],
    ["2026-11-21 12:00:01 of deadbeef-1", "2026-11-21 12:00:01 of deadbeef-12345", false],
    ["without a time 48213", "without a time 48213", false],
    ["2026-11-21T12:00:01Z stdout F 48213", "2026-11-21T12:00:01Z stdout F 48213", false],
    ["2026-11-21T12:00:01Z host unit: 48213", "2026-11-21T12:00:01Z host unit: 48213", false],
    ['2026-11-21T12:00:01Z {"msg":"48213"}', '2026-11-21T12:00:01Z {"msg":"48213"}', false],
    [`2026-11-21T12:00:01Z ${"x".repeat(501)}`, `2026-11-21T12:00:01Z ${"x".repeat(501)}`, false],
  ])("%j and %j: %s", (first, second, isFound) => {
    const raw = new RawRepeats([]);
    const bytes = encode(first);
    raw.set(bytes, 0, bytes.length, unwrapLine(first), [outcome]);
    const others = encode(second);
    expect(raw.find(others, 0, others.length) !== undefined).toBe(isFound);
  });
});

describe("what bytes tell of a line without reading it", () => {
  it("is true of where it begins and of what it speaks", () => {
    const seen = { begins: 0, silent: 0 };
    fc.assert(
      fc.property(patterns, digits, (pattern, some) => {
        const text = filled(pattern, some);
        const bytes = encode(text);
        const line = unwrapLine(text);
        if (surelyBegins(bytes, 0, bytes.length)) {
          seen.begins++;
          expect([line.begins, line.source]).toEqual([true, undefined]);
        }
        if (!mayMentionGrpc(bytes, 0, bytes.length)) {
          seen.silent++;
          expect(line.texts.some(speaksOfGrpc)).toBe(false);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(Math.min(seen.begins, seen.silent)).toBeGreaterThan(90);
  });
});

describe("the time in front of a line", () => {
  it("is what reading the text says", () => {
    let read = 0;
    fc.assert(
      fc.property(patterns, digits, (pattern, some) => {
        const line = filled(pattern, some);
        const bytes = encode(line);
        if (bodyStart(bytes, 0, bytes.length) < 0) return;
        read++;
        expect(timeInFront(bytes, 0)).toBe(readTime(line));
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(200);
  });
});

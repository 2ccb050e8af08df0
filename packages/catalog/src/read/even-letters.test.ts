import { describe, expect, it } from "vitest";
import { evenLetters } from "./even-letters.ts";

describe("evenLetters", () => {
  it.each([
    ["14\u00a0UNAVAILABLE:\u00a0x", "14 UNAVAILABLE: x"],
    ["“a” ‘b’", "\"a\" 'b'"],
    ["a‑b – c → d", "a-b - c -> d"],
    ["code：14，（x）", "code: 14, (x)"],
    ["RST_\u200bSTREAM", "RST_STREAM"],
    ["a\tb", "a b"],
    ["14 UNAVAILABLE:\u2028x", "14 UNAVAILABLE: x"],
    ["dial tcp <ip>: x", "dial tcp hidden: x"],
  ])("makes %j plain", (text, plain) => {
    expect(evenLetters(text)).toBe(plain);
  });

  it("leaves ASCII, line breaks, and marks of a Chinese sentence", () => {
    expect(evenLetters("a: b\n  c")).toBe("a: b\n  c");
    expect(evenLetters("由于目标计算机积极拒绝，无法连接。")).toBe("由于目标计算机积极拒绝，无法连接。");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTimeout, parseTimeout } from "./timeout.ts";

describe("grpc-timeout", () => {
  it("reads every unit", () => {
    expect(["1H", "2M", "3S", "4m", "5u", "6n", "00000001S"].map(parseTimeout)).toEqual([
      3_600_000, 120_000, 3_000, 4, 0.005, 0.000006, 1_000,
    ]);
  });

  it("refuses what breaks the grammar", () => {
    for (const text of ["", "S", "1", "1s", "123456789S", "-1S", "1.5S", " 1S", "1S ", "1SS", "0x1S"]) {
      expect(parseTimeout(text), text).toBeUndefined();
    }
  });

  it("writes the shortest sensible form", () => {
    expect([2_000, 1_999.9, 150.7, 2.5, 0.05, 1e9, 1e12].map(formatTimeout)).toEqual([
      "2000m",
      "1999m",
      "150m",
      "2500u",
      "50000n",
      "1000000S",
      "16666666M",
    ]);
  });

  it("keeps to a unit as far as its eight digits go, and to the coarser one at the border", () => {
    const most = 99_999_999; // eight digits, by the grammar
    expect([0.1, 100, most, most * 1_000, most * 60_000].map(formatTimeout)).toEqual([
      ...["100u", "100m", `${most}m`, `${most}S`, `${most}M`],
    ]);
  });

  it("reads small units without an error of rounding, or a hop would lengthen them", () => {
    for (let i = 1; i < 1_000; i++) {
      expect(parseTimeout(`${i}u`)).toBe(Number(`${i}e-3`));
      expect(parseTimeout(`${i}n`)).toBe(Number(`${i}e-6`));
    }
  });

  it("is zero only when the time is up", () => {
    expect([0, -5].map(formatTimeout)).toEqual(["0n", "0n"]);
    expect(formatTimeout(1e-9)).toBe("1n");
    expect(formatTimeout(Infinity)).toBe("99999999H");
  });

  it("never lengthens, and shortens by a hundredth at most", () => {
    const anyMs = fc.oneof(
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      fc.double({ min: 1, max: 3e14, noNaN: true }),
    );
    fc.assert(
      fc.property(anyMs, (timeoutMs) => {
        const text = formatTimeout(timeoutMs);
        const heard = parseTimeout(text);
        expect(text.length).toBeLessThanOrEqual(9);
        expect(heard).toBeLessThanOrEqual(timeoutMs * (1 + 1e-12));
        expect(heard).toBeGreaterThan(timeoutMs * 0.989);
      }),
    );
  });
});

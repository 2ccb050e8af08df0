import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BandwidthEstimate, maxWindow, ReceiveWindow } from "./windows.ts";

describe("a receive window", () => {
  it("tells a peer that sends more than it may", () => {
    const window = new ReceiveWindow(10);
    expect(window.received(10)).toBe(true);
    expect(window.received(1)).toBe(false);
  });

  it.each([
    [65_536, 16_384],
    [262_144, 32_768],
    [1_048_576, 65_536],
    [16_777_216, 1_048_576],
  ])("of %i octets is credited when %i were used", (size, due) => {
    const window = new ReceiveWindow(size);
    window.received(due + 10);
    expect(window.used(due - 1)).toBe(false);
    expect(window.used(1)).toBe(true);
    expect(window.credit()).toBe(due);
    expect(window.available).toBe(size - 10);
  });

  it("conserves octets: available + used but uncredited + outstanding is the target", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000)), (sizes) => {
        const window = new ReceiveWindow(65_535);
        let unused = 0;
        let uncredited = 0;
        for (const size of sizes) {
          const bytes = Math.min(size, window.available);
          window.received(bytes);
          unused += bytes;
          const use = Math.floor(unused / 2);
          unused -= use;
          uncredited += use;
          if (window.used(use)) uncredited -= window.credit();
          expect(uncredited).toBeGreaterThanOrEqual(0);
          expect(window.available + unused + uncredited).toBe(65_535);
        }
      }),
    );
  });

  it("never passes 2^31-1", () => {
    const window = new ReceiveWindow(maxWindow - 5);
    window.grow(maxWindow);
    expect(window.credit()).toBe(5);
    expect(window.available).toBe(maxWindow);
  });
});

describe("the bandwidth estimate", () => {
  it("probes only after 64 KiB, one at a time", () => {
    const estimate = new BandwidthEstimate();
    expect(estimate.received(65_535, 0)).toBe(false);
    expect(estimate.received(1, 0)).toBe(true);
    expect(estimate.received(1_000_000, 0)).toBe(false);
  });

  it("doubles a window that was filled in one round trip, and leaves one that was not", () => {
    const estimate = new BandwidthEstimate();
    estimate.received(65_536, 0);
    estimate.received(180_000, 0);
    expect(estimate.acknowledged(262_144, 0)).toBe(524_288);
    estimate.received(65_536, 0);
    estimate.received(340_000, 0);
    expect(estimate.acknowledged(524_288, 0)).toBe(524_288);
  });

  it("makes room for twice of what came, from many streams for instance", () => {
    const estimate = new BandwidthEstimate();
    estimate.received(65_536, 0);
    estimate.received(1_000_000, 0);
    expect(estimate.acknowledged(262_144, 0)).toBe(2_000_000);
  });

  it("never makes a window smaller", () => {
    const estimate = new BandwidthEstimate();
    estimate.received(65_536, 0);
    estimate.received(30_000_000, 0);
    expect(estimate.acknowledged(20_000_000, 0)).toBe(20_000_000);
  });

  it("rests after a probe that changed nothing, twice as long each time, up to a second", () => {
    const estimate = new BandwidthEstimate();
    let nowMs = 0;
    const restsMs: number[] = [];
    for (let i = 0; i < 8; i++) {
      const before = nowMs;
      while (!estimate.received(65_536, nowMs)) nowMs++;
      if (i > 0) restsMs.push(nowMs - before);
      estimate.acknowledged(262_144, nowMs);
    }
    expect(restsMs).toEqual([25, 50, 100, 200, 400, 800, 1_000]);
    while (!estimate.received(65_536, nowMs)) nowMs++;
    estimate.received(200_000, nowMs);
    estimate.acknowledged(262_144, nowMs);
    expect(estimate.received(65_536, nowMs), "one that changed something is followed at once").toBe(true);
  });

  it("stops at 16 MiB", () => {
    const estimate = new BandwidthEstimate();
    estimate.received(65_536, 0);
    estimate.received(1e9, 0);
    expect(estimate.acknowledged(262_144, 0)).toBe(16_777_216);
  });
});

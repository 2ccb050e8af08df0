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

  it("goes to a larger target with its next credit, and not to a smaller one", () => {
    const window = new ReceiveWindow(100);
    window.grow(300);
    for (const target of [300, 200]) window.grow(target);
    expect(window.credit()).toBe(200);
    expect(window.available).toBe(300);
  });

  it("is raised by SETTINGS at once, without credit, and not to a smaller size", () => {
    const window = new ReceiveWindow(65_536);
    window.raise(1_048_576);
    for (const target of [1_048_576, 65_536]) window.raise(target);
    expect([window.available, window.credit()]).toEqual([1_048_576, 0]);
    // It is credited by its size: a sixteenth of the larger one, a quarter of the smaller.
    expect([window.used(65_535), window.used(1)]).toEqual([false, true]);
  });

  it("allows what it once allowed, and no more, however often it is lowered and raised again", () => {
    const sizes = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 65_535, max: BandwidthEstimate.maxWindow })));
    fc.assert(
      fc.property(sizes, (steps) => {
        let [target, most] = [65_535, 65_535]; // RFC 9113 §6.9.2
        const window = new ReceiveWindow(target);
        for (const [raises, size] of steps) {
          if (raises) window.raise(size);
          else window.lower(size);
          target = raises ? Math.max(target, size) : Math.min(target, size);
          most = Math.max(most, target);
          expect(window.available).toBe(most);
        }
      }),
    );
  });

  it("allows a stream that begins under a size that is on its way no more than the larger of both", () => {
    const window = new ReceiveWindow(300, 100);
    expect(window.available).toBe(300);
    window.raise(250);
    expect(window.available).toBe(300);
    window.raise(400);
    expect(window.available).toBe(400);
  });

  it("of a stream that lives for years still credits all that was used", () => {
    const window = new ReceiveWindow(65_535);
    // The pool lends 16 MiB and takes them back, a thousand times.
    for (let i = 0; i < 1_000; i++) {
      window.raise(BandwidthEstimate.maxWindow);
      window.lower(65_535); // RFC 9113 §6.9.2
    }
    window.received(60_000);
    expect(window.used(60_000)).toBe(true);
    expect(window.credit()).toBe(60_000);
  });

  it("never passes 2^31-1, whatever it is asked for", () => {
    const window = new ReceiveWindow(maxWindow - 5);
    window.grow(maxWindow + 100);
    expect(window.credit()).toBe(5);
    expect(window.credit()).toBe(0);
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

  it("doubles a window of which two thirds came, and not one of which an octet less did", () => {
    for (const [came, next] of [
      [100_000, 300_000],
      [99_999, 150_000],
    ] as const) {
      const estimate = new BandwidthEstimate();
      estimate.received(65_536, 0);
      estimate.received(came, 0);
      expect(estimate.acknowledged(150_000, 0)).toBe(next);
    }
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

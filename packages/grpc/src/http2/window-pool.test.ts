import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallestWindow, WindowPool } from "./window-pool.ts";

const mebibyte = 1_048_576;

class Owner {
  window = 0;
  shrinkWindows(streamWindow: number): void {
    expect(streamWindow).toBeLessThan(this.window);
    this.window = streamWindow;
  }
}

describe("a pool of windows", () => {
  it("gives a few connections what they want", () => {
    const pool = new WindowPool(64 * mebibyte);
    const owner = new Owner();
    expect(pool.enter(owner, 262_144)).toBe(262_144);
    expect(pool.grow(owner, 16 * mebibyte)).toBe(16 * mebibyte);
    expect(pool.totalBytes).toBe(16 * mebibyte);
    pool.leave(owner);
    expect(pool.totalBytes).toBe(0);
  });

  it("is generous until more than half of what there is to lend is lent", () => {
    const pool = new WindowPool(2 * smallestWindow + 200_000);
    const [first, second] = [new Owner(), new Owner()];
    first.window = pool.enter(first, smallestWindow);
    second.window = pool.enter(second, smallestWindow);
    second.window = pool.grow(second, smallestWindow + 100_000);
    expect(pool.generous).toBe(true);
    second.window = pool.grow(second, smallestWindow + 200_000);
    expect(pool.generous).toBe(false);
  });

  it("holds one window of 1,000 connections in 64 MiB, however they grew before", () => {
    const pool = new WindowPool(64 * mebibyte);
    const owners = Array.from({ length: 1_000 }, () => new Owner());
    for (const owner of owners) {
      owner.window = pool.enter(owner, 262_144);
      owner.window = pool.grow(owner, 16 * mebibyte);
    }
    expect(owners.reduce((sum, { window }) => sum + window, 0)).toBeLessThanOrEqual(64 * mebibyte);
  });

  it("still lets one grow among thousands", () => {
    const pool = new WindowPool(64 * mebibyte);
    const owners = Array.from({ length: 7_000 }, () => new Owner());
    for (const owner of owners) owner.window = pool.enter(owner, 262_144);
    expect(new Set(owners.map(({ window }) => window))).toContain(smallestWindow);
    for (const owner of owners) if (owner.window > smallestWindow) pool.leave(owner);
    expect(pool.grow(new Owner(), 16 * mebibyte)).toBe(smallestWindow + mebibyte);
  });

  it("lends to those that begin up to half of what there is: the other half is for those that turn out to need it", () => {
    const limit = 2 * smallestWindow + 200_000;
    const pool = new WindowPool(limit);
    const [first, second] = [new Owner(), new Owner()];
    // For the first alone 265,535 are left, of which this is less than half; for the second half of 200,000.
    first.window = pool.enter(first, smallestWindow + 60_000);
    expect(first.window).toBe(smallestWindow + 60_000);
    expect(pool.enter(second, smallestWindow + 40_001)).toBe(smallestWindow);
    expect(first.window, "nobody is asked to give back for it").toBe(smallestWindow + 60_000);
    pool.leave(second);
    expect(pool.enter(second, smallestWindow + 40_000)).toBe(smallestWindow + 40_000);
  });

  it("takes back no more than it must, and nothing of those that have the smallest", () => {
    const pool = new WindowPool(4 * smallestWindow);
    const [modest, grown, third] = [new Owner(), new Owner(), new Owner()];
    modest.window = pool.enter(modest, smallestWindow);
    grown.window = pool.enter(grown, smallestWindow);
    grown.window = pool.grow(grown, 2 * smallestWindow);
    third.window = pool.enter(third, smallestWindow);
    // All four windows are in use: what is lent is just what is left.
    expect([modest, grown, third].map(({ window }) => window / smallestWindow)).toEqual([1, 2, 1]);
    expect(pool.totalBytes).toBe(4 * smallestWindow);
    expect(pool.grow(third, 2 * smallestWindow), "nobody gets what another has").toBe(smallestWindow);
    pool.enter(new Owner(), smallestWindow);
    expect([modest, grown, third].map(({ window }) => window / smallestWindow)).toEqual([1, 1, 1]);
  });

  it("grows by a quarter of the window, and not by an octet less", () => {
    const pool = new WindowPool(1_000_000);
    const owner = new Owner();
    expect(pool.enter(owner, 65_536)).toBe(65_536);
    expect(pool.grow(owner, 65_536 + 16_383)).toBe(65_536);
    expect(pool.grow(owner, 65_536 + 16_384)).toBe(65_536 + 16_384);
  });

  it("does not grow by a little", () => {
    const pool = new WindowPool(1_000_000);
    const owner = new Owner();
    pool.enter(owner, smallestWindow);
    expect(pool.grow(owner, smallestWindow + 1_000)).toBe(smallestWindow);
  });

  it("knows what everyone has, and never lends more than there is", () => {
    const limitBytes = 4 * mebibyte;
    const deed = fc.tuple(fc.constantFrom("enter", "grow", "leave"), fc.nat(99), fc.nat(2 * mebibyte));
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 200 }), (deeds) => {
        const pool = new WindowPool(limitBytes);
        const owners: Owner[] = [];
        for (const [kind, place, bytes] of deeds) {
          const owner = owners[place % Math.max(1, owners.length)];
          if (kind === "enter") {
            const fresh = new Owner();
            fresh.window = pool.enter(fresh, bytes);
            owners.push(fresh);
          } else if (owner !== undefined && kind === "grow") {
            const before = owner.window;
            owner.window = pool.grow(owner, bytes);
            expect(owner.window).toBeGreaterThanOrEqual(before);
          } else if (owner !== undefined) {
            pool.leave(owner);
            owners.splice(owners.indexOf(owner), 1);
          }
          expect(pool.totalBytes).toBe(owners.reduce((sum, { window }) => sum + window, 0));
          expect(pool.totalBytes).toBeLessThanOrEqual(
            Math.max(limitBytes, owners.length * smallestWindow + limitBytes / 64),
          );
        }
      }),
    );
  });
});

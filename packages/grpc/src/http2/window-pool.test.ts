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

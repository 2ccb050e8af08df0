import { describe, expect, it } from "vitest";
import { ReceiveBudget } from "./receive-budget.ts";

function holder() {
  return {
    credits: 0,
    heldBytes: 0,
    gaveWayAtMs: [] as number[],
    creditAllowed() {
      this.credits++;
    },
    giveWay(nowMs: number) {
      this.gaveWayAtMs.push(nowMs);
    },
  };
}

describe("a budget of received octets", () => {
  it("lets everyone go on while there is room", () => {
    const budget = new ReceiveBudget(100);
    budget.hold(holder(), 99);
    expect([budget.spent, budget.tight]).toEqual([false, true]);
    expect(budget.mayCredit(holder())).toBe(true);
  });

  it("when spent, lets one half-received message go on, and the next one when that is whole", () => {
    const budget = new ReceiveBudget(100);
    const [a, b, c] = [holder(), holder(), holder()];
    budget.hold(a, 120);
    expect([b, c, b].map((one) => budget.mayCredit(one))).toEqual([true, false, true]);
    budget.stopWaiting(b);
    expect([b.credits, c.credits]).toEqual([0, 1]);
    expect(budget.mayCredit(c)).toBe(true);
  });

  it("is not blocked by what is whole and unread: only those who ask have turns", () => {
    const budget = new ReceiveBudget(100);
    const [unread, asking] = [holder(), holder()];
    budget.hold(unread, 150);
    budget.hold(asking, 10);
    expect(budget.mayCredit(asking)).toBe(true);
  });

  it("lets all on when it has room again", () => {
    const budget = new ReceiveBudget(100);
    const [a, b, c] = [holder(), holder(), holder()];
    budget.hold(a, 100);
    budget.mayCredit(b);
    budget.mayCredit(c);
    budget.free(a, 1);
    expect([b.credits, c.credits]).toEqual([1, 1]);
  });

  it("never counts below what is held", () => {
    const budget = new ReceiveBudget(100);
    const a = holder();
    budget.hold(a, 10);
    budget.free(a, 50);
    budget.free(a, 50);
    expect(budget.heldBytes).toBe(0);
  });

  it("does not call back a holder that stopped waiting", () => {
    const budget = new ReceiveBudget(100);
    const [a, b, c] = [holder(), holder(), holder()];
    budget.hold(a, 100);
    budget.mayCredit(b);
    budget.mayCredit(c);
    budget.stopWaiting(c);
    budget.free(a, 100);
    expect([b.credits, c.credits]).toEqual([1, 0]);
  });

  describe("makes messages give way", () => {
    /** Twenty that began one after the other from 10 ms on; what they hold is given back when they are told. */
    function crowded() {
      const budget = new ReceiveBudget(100);
      const crowd = Array.from({ length: 20 }, holder);
      for (const [n, one] of crowd.entries()) {
        budget.hold(one, 6);
        budget.began(one, 10 + n);
        one.giveWay = (nowMs) => (one.gaveWayAtMs.push(nowMs), budget.free(one, Infinity));
      }
      const told = () => crowd.flatMap(({ gaveWayAtMs }, n) => (gaveWayAtMs.length === 0 ? [] : [n]));
      return { budget, crowd, told };
    }

    it("the oldest first, and no more than it needs", () => {
      const { budget, told } = crowded();
      budget.reclaim(17, 117);
      expect(told()).toEqual([]);
      budget.reclaim(30, 130);
      expect([told(), budget.heldBytes]).toEqual([[8, 9, 10, 11], 96]);
    });

    it("and the one that goes on alone, when others have waited for it too long, each from its turn on", () => {
      const budget = new ReceiveBudget(100);
      const [unread, a, b, c] = [holder(), holder(), holder(), holder()];
      // Room is left, but the windows of peers may fill it.
      budget.windows.enter({ shrinkWindows: () => undefined }, 0);
      budget.hold(unread, 40);
      for (const one of [a, b, c]) {
        budget.mayCredit(one);
        one.giveWay = (nowMs) => (one.gaveWayAtMs.push(nowMs), budget.stopWaiting(one));
      }
      for (const nowMs of [0, 99, 100, 101, 200, 201, 400]) budget.reclaim(nowMs - 100, nowMs);
      expect(budget.spent).toBe(false);
      // None waits for the last one.
      expect([a, b, c].map(({ gaveWayAtMs }) => gaveWayAtMs)).toEqual([[100], [201], []]);
      expect([b.credits, c.credits]).toEqual([1, 1]);
    });

    it("not while there is room, not one that is whole, and none that came while there was plenty", () => {
      const { budget, crowd, told } = crowded();
      for (const one of crowd) budget.stopWaiting(one);
      budget.reclaim(30, 130);
      expect(told()).toEqual([]);
      const early = holder();
      const empty = new ReceiveBudget(100);
      empty.hold(early, 10);
      empty.began(early, 0);
      empty.hold(holder(), 90);
      empty.reclaim(30, 130);
      expect(early.gaveWayAtMs).toEqual([]);
    });
  });
});

import { describe, expect, it } from "vitest";
import { ReceiveBudget } from "./receive-budget.ts";

function holder() {
  return {
    credits: 0,
    heldBytes: 0,
    creditAllowed() {
      this.credits++;
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
});

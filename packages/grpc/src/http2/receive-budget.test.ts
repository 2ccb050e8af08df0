import { describe, expect, it } from "vitest";
import { ReceiveBudget } from "./receive-budget.ts";

function holder() {
  return {
    credits: 0,
    creditAllowed() {
      this.credits++;
    },
  };
}

describe("a budget of received bytes", () => {
  it("lets everyone go on while there is room", () => {
    const budget = new ReceiveBudget(100);
    const a = holder();
    budget.hold(a, 99);
    expect(budget.spent).toBe(false);
    expect(budget.mayCredit(holder())).toBe(true);
  });

  it("when spent, credits only the oldest holder, and the next one when that is done", () => {
    const budget = new ReceiveBudget(100);
    const [a, b, c] = [holder(), holder(), holder()];
    budget.hold(a, 60);
    budget.hold(b, 60);
    budget.hold(c, 60);
    expect([a, b, c].map((one) => budget.mayCredit(one))).toEqual([true, false, false]);
    budget.free(a, 60);
    expect([b.credits, c.credits]).toEqual([1, 0]);
    budget.free(b, 60);
    expect(c.credits).toBe(1);
    expect(budget.heldBytes).toBe(60);
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
    const [a, b] = [holder(), holder()];
    budget.hold(a, 100);
    expect(budget.mayCredit(b)).toBe(false);
    budget.stopWaiting(b);
    budget.free(a, 100);
    expect(b.credits).toBe(0);
  });
});

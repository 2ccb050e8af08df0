import { describe, expect, it, vi } from "vitest";
import { Timers } from "./timers.ts";

describe("Timers", () => {
  it("runs what is due, forgets what is cancelled, and at the close runs early what asked for it", () => {
    vi.useFakeTimers();
    try {
      const timers = new Timers();
      const ran: string[] = [];
      timers.after(10, () => ran.push("due"), "never");
      timers.after(10, () => ran.push("cancelled"), "early")();
      timers.after(20, () => ran.push("early"), "early");
      timers.after(20, () => ran.push("never"), "never");
      vi.advanceTimersByTime(10);
      expect(ran).toEqual(["due"]);
      timers.close();
      expect(ran).toEqual(["due", "early"]);
      timers.after(1, () => ran.push("late, early"), "early");
      timers.after(1, () => ran.push("late, never"), "never");
      vi.runAllTimers();
      expect(ran).toEqual(["due", "early", "late, early"]);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

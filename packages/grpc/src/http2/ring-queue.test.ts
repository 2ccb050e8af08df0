import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RingQueue } from "./ring-queue.ts";

describe("a ring queue", () => {
  it("behaves as an array under any pushes and shifts", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat()), { maxLength: 200 }), (operations) => {
        const queue = new RingQueue<number>();
        const model: number[] = [];
        for (const operation of operations) {
          if (operation === null) expect(queue.shift()).toBe(model.shift());
          else (model.push(operation), queue.push(operation));
          expect(queue.size).toBe(model.length);
          expect(queue.peek()).toBe(model[0]);
        }
        queue.clear();
        expect(queue.size).toBe(0);
      }),
    );
  });
});

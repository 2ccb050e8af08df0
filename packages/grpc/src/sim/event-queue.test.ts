/** The heap against a sorted list. */

import * as fc from "fast-check";
import { expect, it } from "vitest";
import { EventQueue, Scheduled } from "./event-queue.ts";
import { createRandom } from "./random.ts";

class Entry extends Scheduled {
  readonly id: number;

  constructor(id: number) {
    super();
    this.id = id;
  }

  fire(): void {}
}

it("gives back what was not cancelled by time, and by order of making at one time", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ atMs: fc.nat(20), cancelled: fc.boolean() }), { maxLength: 3_000 }), (plan) => {
      const queue = new EventQueue(undefined);
      const entries = plan.map(({ atMs }, id) => {
        const entry = new Entry(id);
        queue.push(entry, atMs);
        return entry;
      });
      for (const entry of entries) if (plan[entry.id]?.cancelled === true) queue.cancel(entry);
      const expected = entries.filter((entry) => !entry.cancelled).sort((a, b) => a.atMs - b.atMs || a.id - b.id);
      const early = drain(queue, 10);
      expect(early).toEqual(expected.filter((entry) => entry.atMs <= 10).map((entry) => entry.id));
      expect([...early, ...drain(queue, 20)]).toEqual(expected.map((entry) => entry.id));
    }),
    { numRuns: 50, seed: 1 },
  );
});

it("sweeps out the cancelled without losing order", () => {
  const queue = new EventQueue(createRandom(1));
  const entries = Array.from({ length: 5_000 }, (_, id) => new Entry(id));
  for (const entry of entries) queue.push(entry, (entry.id * 7_919) % 5_000); // a prime step: every time once
  for (const entry of entries) if (entry.id % 4 !== 0) queue.cancel(entry);
  const ids = drain(queue, 5_000);
  expect(ids).toHaveLength(1_250);
  const times = ids.map((id) => (id * 7_919) % 5_000);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

function drain(queue: EventQueue, byMs: number): number[] {
  const ids: number[] = [];
  for (let entry = queue.take(byMs); entry !== undefined; entry = queue.take(byMs)) {
    if (entry instanceof Entry) ids.push(entry.id);
  }
  return ids;
}

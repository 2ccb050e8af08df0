/**
 * A call that is warm fills its link, or what the largest window lets through in a round trip; it used to get half, and
 * windows stopped to grow. A few cells here; `npm run bench -- flow` prints the whole grid.
 */

import { expect, it } from "vitest";
import { linkThroughput, promisedShare } from "../../src/sim/search/link-throughput.ts";

const megabit = 125_000; // bytes a second

it.each([
  { roundTripMs: 1, bytesPerSecond: 1 * megabit, receiver: "client" },
  { roundTripMs: 5, bytesPerSecond: 1_000 * megabit, receiver: "client" },
  { roundTripMs: 20, bytesPerSecond: 100 * megabit, receiver: "server" },
  { roundTripMs: 100, bytesPerSecond: 100 * megabit, receiver: "client" },
  { roundTripMs: 400, bytesPerSecond: 10 * megabit, receiver: "client" },
  // 16 MiB in 400 ms is what the window gives, a third of this link.
  { roundTripMs: 400, bytesPerSecond: 1_000 * megabit, receiver: "server" },
] as const)("$roundTripMs ms and $bytesPerSecond bytes/s to the $receiver", async (link) => {
  const { share } = await linkThroughput(link);
  expect(share).toBeGreaterThan(promisedShare);
  expect(share).toBeLessThan(1.05);
});

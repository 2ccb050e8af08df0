/**
 * Prints how much of each link of a grid one warm call uses, in both directions: one JSON object a line. Ends with
 * status 1 when one is below what is promised.
 */

import { linkThroughput, promisedShare } from "./link-throughput.ts";

const roundTripsMs = [1, 5, 20, 100, 400];
// 1 Mbit/s to 10 Gbit/s.
const megabits = [1, 10, 100, 1_000, 10_000];

for (const receiver of ["client", "server"] as const) {
  for (const roundTripMs of roundTripsMs) {
    for (const megabit of megabits) {
      const bytesPerSecond = (megabit * 1e6) / 8;
      const result = await linkThroughput({ roundTripMs, bytesPerSecond, receiver });
      const megabitsPerSecond = +((result.bytesPerSecond * 8) / 1e6).toPrecision(3);
      const share = +result.share.toFixed(3);
      console.log(
        JSON.stringify({ bench: "flow", receiver, roundTripMs, linkMegabits: megabit, megabitsPerSecond, share }),
      );
      if (share < promisedShare) process.exitCode = 1;
    }
  }
}

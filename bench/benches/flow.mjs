/**
 * Throughput of a warm call over simulated links: 1 to 400 ms of round trip, 1 Mbit/s to 10 Gbit/s, both directions.
 * Virtual time: the same figures on any machine.
 */
import { linkThroughput } from "../../packages/grpc/dist/sim/search/link-throughput.js";

const roundTripsMs = [1, 5, 20, 100, 400];
const linksMegabits = [1, 10, 100, 1_000, 10_000];

export async function flow() {
  const rows = [];
  for (const receiver of ["client", "server"]) {
    for (const roundTripMs of roundTripsMs) {
      for (const linkMegabits of linksMegabits) {
        const result = await linkThroughput({ roundTripMs, bytesPerSecond: (linkMegabits * 1e6) / 8, receiver });
        const megabitsPerSecond = +((result.bytesPerSecond * 8) / 1e6).toPrecision(3);
        rows.push({
          bench: "flow",
          receiver,
          roundTripMs,
          linkMegabits,
          megabitsPerSecond,
          share: +result.share.toFixed(3),
        });
      }
    }
  }
  return rows;
}

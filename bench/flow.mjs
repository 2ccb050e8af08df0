/** Throughput of a warm call over simulated links, 1 to 400 ms of round trip, 1 Mbit/s to 10 Gbit/s, both directions. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const flowColumns = {
  receiver: "to the",
  roundTripMs: "round trip, ms",
  linkMegabits: "link, Mbit/s",
  megabitsPerSecond: "one call, Mbit/s",
  share: "of what link and window allow",
};

const program = fileURLToPath(new URL("../packages/grpc/dist/sim/flow/main.js", import.meta.url));

/** Virtual time: the same figures on any machine. */
export async function flow() {
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
  const rows = [];
  for await (const line of createInterface({ input: child.stdout })) rows.push(JSON.parse(line));
  return rows;
}

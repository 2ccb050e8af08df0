/**
 * `run-ages.mjs OPTIONS`: what a call costs our client on a connection that has opened so many streams before. After a
 * warm-up elsewhere, prints `ready`; at a line, JSON with a sample for each age.
 */
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { open } from "./clients/holdfast.mjs";
import { runCalls, warmUpCalls } from "./works.mjs";

const { ages, calls, connections, inFlight, ...options } = JSON.parse(process.argv[2]);
const warm = open(options);
await runCalls(warm.unary, warmUpCalls, inFlight);
await warm.close();
console.log("ready");
await once(process.stdin, "data");

const samples = ages.map(() => ({ units: 0, seconds: 0, cpuMicros: 0 }));
for (let i = 0; i < connections; i++) {
  const client = open(options);
  await client.unary();
  let opened = 1;
  for (const [place, age] of ages.entries()) {
    await runCalls(client.unary, age - opened, inFlight);
    const before = process.cpuUsage();
    const begin = performance.now();
    await runCalls(client.unary, calls, inFlight);
    const { user, system } = process.cpuUsage(before);
    samples[place].units += calls;
    samples[place].seconds += (performance.now() - begin) / 1_000; // ms to s
    samples[place].cpuMicros += user + system;
    opened = age + calls;
  }
  await client.close();
}
console.log(JSON.stringify(samples));
process.exit(0);

/** `run-flight-record.mjs OPTIONS`: two copies of our client in one process, in turns; prints what a call cost each. */
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createChannel } from "@holdfast/grpc";
import { definition, messageBytes } from "./message.mjs";
import { nextMetadata, timeoutMs } from "./metadata.mjs";
import { runCalls } from "./works.mjs";

const { port, without, pairs, turns, calls, inFlight } = JSON.parse(process.argv[2]);
const other = await import(pathToFileURL(path.join(without, "index.js")).href);
const [on, off] = [createChannel, other.createChannel].map((create) => {
  const client = create(`127.0.0.1:${port}`).client(definition("bytes"));
  return () => client.say(messageBytes, { timeoutMs, metadata: nextMetadata("changing") });
});
for (const call of [on, off, on, off]) await runCalls(call, calls, inFlight);
console.log("ready");
await once(process.stdin, "data");

const costs = { on: [], off: [] };
for (let pair = 0; pair < pairs; pair++) {
  // On, off, off, on, and again: what changes slowly on the machine strikes both alike.
  const micros = { on: 0, off: 0 };
  for (let turn = 0; turn < turns; turn++) {
    const which = ((turn + 1) >> 1) % 2 === pair % 2 ? "on" : "off";
    const before = process.cpuUsage();
    await runCalls(which === "on" ? on : off, calls, inFlight);
    const { user, system } = process.cpuUsage(before);
    micros[which] += user + system;
  }
  for (const which of ["on", "off"]) costs[which].push(micros[which] / (calls * (turns / 2)));
}
console.log(JSON.stringify(costs));
process.exit(0);

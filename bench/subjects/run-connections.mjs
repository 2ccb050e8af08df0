/**
 * `run-connections.mjs OPTIONS`: what a call costs our client when the process has so many connections, each with a channel
 * of its own; calls take them in turn.
 */
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { open } from "./clients/holdfast.mjs";
import { runCalls } from "./works.mjs";

const { connections, calls, inFlight, ...options } = JSON.parse(process.argv[2]);
const clients = Array.from({ length: connections }, () => open(options));
let next = 0;
const call = () => clients[next++ % connections].unary();
await runCalls(call, Math.max(connections, calls), inFlight);
console.log("ready");
await once(process.stdin, "data");

const before = process.cpuUsage();
const begin = performance.now();
await runCalls(call, calls, inFlight);
const { user, system } = process.cpuUsage(before);
const seconds = (performance.now() - begin) / 1_000; // ms to s
console.log(JSON.stringify({ units: calls, seconds, cpuMicros: user + system }));
process.exit(0);

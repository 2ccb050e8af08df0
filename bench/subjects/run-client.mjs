/**
 * A client under test, as a process: `run-client.mjs SUBJECT OPTIONS` warms up, prints `ready`, and at a line on its
 * standard input does its work and prints what that took, as JSON.
 */
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { works } from "./works.mjs";

const [subject, text] = process.argv.slice(2);
const options = JSON.parse(text);
const { open } = await import(`./clients/${subject}.mjs`);
const work = works[options.work](open(options), options);
await work.warmUp();
console.log("ready");
await once(process.stdin, "data");

const before = process.cpuUsage();
const begin = performance.now();
const units = await work.run();
const seconds = (performance.now() - begin) / 1_000; // ms to s
const used = process.cpuUsage(before);
console.log(JSON.stringify({ units, seconds, cpuMicros: used.user + used.system, ...work.more?.() }));
process.exit(0);

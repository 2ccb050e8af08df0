/**
 * `npm run profile [-- client|server --codec bytes|protobuf --calls N]`: where the time of a unary call goes. Runs our
 * client or server (both by default) under V8's CPU profiler and its allocation sampler, each in a run of its own, and
 * prints the functions with the largest own time and the places that allocate most. The profiles stay in
 * .holdfast (Chrome's tools open them).
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { rawServer } from "./benches/unary.mjs";
import { startClient, startServer } from "./processes.mjs";
import { allocationTable, cpuTable } from "./profile-tables.mjs";
import { RawClient } from "./raw/raw-client.mjs";
import { messageBytes } from "./subjects/message.mjs";

const folder = fileURLToPath(new URL("../.holdfast/profile", import.meta.url));
const inFlight = 100;
const { values, positionals } = parseArgs({
  options: { codec: { type: "string", default: "bytes" }, calls: { type: "string", default: "100000" } },
  allowPositionals: true,
});
const calls = Number(values.calls);
const runs = { client: profileClient, server: profileServer };
const sampler = new URL("subjects/sample-allocations.mjs", import.meta.url).href;
const kinds = {
  cpu: { args: ["--cpu-prof", `--cpu-prof-dir=${folder}`], suffix: ".cpuprofile", table: cpuTable },
  allocations: { args: ["--import", sampler], suffix: ".heapprofile", table: allocationTable },
};
process.env["HOLDFAST_ALLOCATIONS"] = path.join(folder, "all.heapprofile");

for (const side of positionals.length > 0 ? positionals : Object.keys(runs)) {
  for (const [name, { args, suffix, table }] of Object.entries(kinds)) {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    await runs[side](args);
    const file = fs.readdirSync(folder).find((each) => each.endsWith(suffix));
    const kept = path.join(path.dirname(folder), `${side}-${name}${suffix}`);
    fs.renameSync(path.join(folder, file), kept);
    console.log(`${side}, ${values.codec}, ${name}\n${table(JSON.parse(fs.readFileSync(kept, "utf8")), calls)}\n`);
  }
}
fs.rmSync(folder, { recursive: true, force: true });

async function profileClient(nodeArgs) {
  const server = await startServer(rawServer());
  const options = { work: "unary", port: server.port, codec: values.codec, headers: "changing", calls, inFlight };
  const client = await startClient(["./subjects/run-client.mjs", "holdfast", JSON.stringify(options)], nodeArgs);
  await client.run();
  await client.end();
  await server.stop();
}

async function profileServer(nodeArgs) {
  const options = JSON.stringify({ codec: values.codec });
  const server = await startServer(["./subjects/run-server.mjs", "holdfast", options], nodeArgs);
  const client = await RawClient.connect(server.port, { message: messageBytes });
  await client.run(calls, inFlight);
  client.close();
  await server.end();
}

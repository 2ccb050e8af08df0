/** `npm run bench [-- --rounds N --calls N --in-flight N --only unary-client,unary-server --json]`. No thresholds here. */
import os from "node:os";
import { parseArgs } from "node:util";
import { unaryClient, unaryServer } from "./unary.mjs";

const benches = { "unary-client": unaryClient, "unary-server": unaryServer };
const { only, rounds, calls, inFlight, json } = readOptions();

if (!json) {
  console.log(`Node ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model ?? "unknown processor"}`);
  console.log(`CPU µs of the process under test per call, median of ${rounds} interleaved rounds of ${calls} calls\n`);
}
for (const name of only) {
  const rows = await benches[name]({ rounds, calls, inFlight });
  if (json) for (const row of rows) console.log(JSON.stringify(row));
  else print(name, rows);
}

function print(name, rows) {
  console.log(`| ${name}, ${inFlight} in flight | CPU µs per call | range | calls/s | of grpc-js | of limit |`);
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const { subject, cpuMicrosPerCall, range, callsPerSecond, ofGrpcJs, ofLimit } of rows) {
    const cells = [subject, cpuMicrosPerCall, range.join(" to "), callsPerSecond, ofGrpcJs, ofLimit];
    console.log(`| ${cells.join(" | ")} |`);
  }
  console.log();
}

function readOptions() {
  const text = { type: "string" };
  const options = { rounds: text, calls: text, "in-flight": text, only: text, json: { type: "boolean" } };
  try {
    const { values } = parseArgs({ options });
    const names = values.only?.split(",") ?? Object.keys(benches);
    for (const name of names) {
      if (!(name in benches)) throw new Error(`no bench ${name}; there are ${Object.keys(benches).join(", ")}`);
    }
    return {
      only: names,
      rounds: wholeNumber("rounds", values.rounds ?? "5"),
      calls: wholeNumber("calls", values.calls ?? "20000"),
      inFlight: wholeNumber("in-flight", values["in-flight"] ?? "100"),
      json: values.json ?? false,
    };
  } catch (error) {
    console.error(`bench: ${error.message}`);
    process.exit(2);
  }
}

function wholeNumber(name, text) {
  if (/^[1-9][0-9]{0,6}$/.test(text)) return Number(text);
  throw new Error(`--${name} ${text}: expected a whole number of 1 or more`);
}

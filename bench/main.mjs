/**
 * `npm run bench [-- NAME...]`, names: unary-client, unary-server, flow, memory, explain. No thresholds here.
 * Options: `--rounds N --json`, of the unary ones `--calls N --in-flight N`, of explain `--log-mb N --stream-mb N`.
 */
import os from "node:os";
import { parseArgs } from "node:util";
import { explain, explainColumns } from "./explain.mjs";
import { flow, flowColumns } from "./flow.mjs";
import { memory, memoryColumns } from "./memory.mjs";
import { unaryClient, unaryColumns, unaryServer } from "./unary.mjs";

const benches = {
  "unary-client": { run: unaryClient, columns: unaryColumns },
  "unary-server": { run: unaryServer, columns: unaryColumns },
  flow: { run: flow, columns: flowColumns },
  memory: { run: memory, columns: memoryColumns },
  explain: { run: explain, columns: explainColumns },
};
const { names, json, ...options } = readOptions();

if (!json) {
  console.log(`Node ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model ?? "unknown processor"}`);
  console.log(`CPU time of the process under test, median of ${options.rounds} interleaved rounds\n`);
}
for (const name of names) {
  const { run, columns } = benches[name];
  const rows = await run(options);
  if (json) for (const row of rows) console.log(JSON.stringify(row));
  else print(name, rows, columns);
}

function print(name, rows, columns) {
  console.log(`| ${name}: ${Object.values(columns).join(" | ")} |`);
  console.log(`|${" --- |".repeat(Object.keys(columns).length)}`);
  for (const row of rows) {
    const cells = Object.keys(columns).map((key) =>
      Array.isArray(row[key]) ? row[key].join(" to ") : (row[key] ?? ""),
    );
    console.log(`| ${cells.join(" | ")} |`);
  }
  console.log();
}

function readOptions() {
  const text = { type: "string" };
  const sizes = { calls: text, "in-flight": text, "log-mb": text, "stream-mb": text };
  try {
    const { values, positionals } = parseArgs({
      options: { rounds: text, only: text, json: { type: "boolean" }, ...sizes },
      allowPositionals: true,
    });
    const named = [...positionals, ...(values.only?.split(",") ?? [])];
    const names = named.length > 0 ? named : Object.keys(benches);
    for (const name of names) {
      if (!(name in benches)) throw new Error(`no bench ${name}; there are ${Object.keys(benches).join(", ")}`);
    }
    return {
      names,
      rounds: wholeNumber("rounds", values.rounds ?? "5"),
      calls: wholeNumber("calls", values.calls ?? "20000"),
      inFlight: wholeNumber("in-flight", values["in-flight"] ?? "100"),
      logMb: wholeNumber("log-mb", values["log-mb"] ?? "200"),
      streamMb: wholeNumber("stream-mb", values["stream-mb"] ?? "2000"),
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

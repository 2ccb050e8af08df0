/**
 * `npm run bench [-- NAME... --only NAME,... --rounds N --calls N --in-flight N --json --write]`: benches by name, all of
 * them without one; see `benches.mjs`. `--write` puts their tables into docs/performance.md. Of explain: `--log-mb N
 * --stream-mb N`. No thresholds here.
 */
import { parseArgs } from "node:util";
import { benches } from "./benches.mjs";
import { machine } from "./machine.mjs";
import { writePage } from "./page.mjs";
import { table } from "./table.mjs";

const usage = `usage: npm run bench -- [NAME...] [--only NAME,...] [--rounds N] [--calls N] [--in-flight N] [--json] [--write]
         benches by name, all of them without one; medians of 5 interleaved rounds of 20,000 calls, 100 in flight;
         --json prints one object a line; --write puts the tables into docs/performance.md
         of explain alone: [--log-mb N] [--stream-mb N]
benches:
${Object.entries(benches)
  .map(([name, { about }]) => `  ${name.padEnd(24)}${about}`)
  .join("\n")}`;
const { names, json, write, ...options } = readOptions();
if (!json) {
  console.log(machine());
  console.log(`CPU time of the process under test, median of ${options.rounds} interleaved rounds\n`);
}
const results = {};
for (const name of names) {
  const rows = await benches[name].run(options);
  if (rows.length === 0) continue;
  results[name] = rows;
  if (json) for (const row of rows) console.log(JSON.stringify(row));
  else console.log(`${name}\n${table(rows)}\n`);
}
if (write) writePage(results, options);

function readOptions() {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  const help = { ...flag, short: "h" };
  const sizes = { calls: text, "in-flight": text, "log-mb": text, "stream-mb": text };
  try {
    const { values, positionals } = parseArgs({
      options: { rounds: text, only: text, json: flag, write: flag, help, ...sizes },
      allowPositionals: true,
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const named = [...positionals, ...(values.only?.split(",") ?? [])];
    for (const name of named) {
      if (!Object.hasOwn(benches, name))
        throw new Error(`no bench ${name}; there are ${Object.keys(benches).join(", ")}`);
    }
    return {
      names: named.length > 0 ? named : Object.keys(benches),
      rounds: wholeNumber("rounds", values.rounds ?? "5"),
      calls: wholeNumber("calls", values.calls ?? "20000"),
      inFlight: wholeNumber("in-flight", values["in-flight"] ?? "100"),
      logMb: wholeNumber("log-mb", values["log-mb"] ?? "200"),
      streamMb: wholeNumber("stream-mb", values["stream-mb"] ?? "2000"),
      json: values.json,
      write: values.write,
    };
  } catch (error) {
    console.error(`bench: ${error.message.replace(/\. To specify.*/, "")}; see  npm run bench -- --help`);
    process.exit(2);
  }
}

function wholeNumber(name, text) {
  if (/^[1-9][0-9]{0,6}$/.test(text)) return Number(text);
  throw new Error(`--${name} ${text}: expected a whole number of 1 or more`);
}

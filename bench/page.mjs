/** docs/performance.md: the tables of a run, with machine, versions and date, between the words of `page-*.md`. */
import fs from "node:fs";
import { createRequire } from "node:module";
import { benches } from "./benches.mjs";
import { grpcGo, grpcGoVersion } from "./go.mjs";
import { machine } from "./machine.mjs";
import { table } from "./table.mjs";

const page = new URL("../docs/performance.md", import.meta.url);
const text = (name) => fs.readFileSync(new URL(name, import.meta.url), "utf8").trim();

export function writePage(results, { rounds, calls, inFlight }) {
  const date = new Date().toISOString().slice(0, 10);
  const how =
    `Written by \`npm run bench -- --write\` on ${date}: ${machine()}; ${versions()}. Medians of ${rounds} interleaved ` +
    `rounds of ${calls} calls, ${inFlight} in flight where a row says nothing else.`;
  const sections = Object.entries(results).map(
    ([name, rows]) => `## ${name}\n\n${benches[name].about}\n\n${table(rows)}`,
  );
  fs.writeFileSync(page, `${[text("page-head.md"), how, ...sections, text("page-profile.md")].join("\n\n")}\n`);
  console.error("bench: wrote docs/performance.md");
}

function versions() {
  const require = createRequire(import.meta.url);
  const names = ["@grpc/grpc-js", "@connectrpc/connect-node", "@bufbuild/protobuf"];
  const all = names.map((name) => {
    const { dependencies } = require("./package.json");
    return `${name} ${dependencies[name]}`;
  });
  if (grpcGo() !== undefined) all.push(`grpc-go ${grpcGoVersion()}`);
  return all.join(", ");
}

/**
 * docs/performance.md: a section for each bench, between the words of `page-head.md` and `page-profile.md`. A run writes
 * the sections of the benches that it ran, each with machine, versions and date, and leaves the others as they are.
 */
import fs from "node:fs";
import { benches } from "./benches.mjs";
import { grpcGo, grpcGoVersion } from "./go.mjs";
import { machine } from "./machine.mjs";
import { table } from "./table.mjs";

const page = new URL("../docs/performance.md", import.meta.url);
const text = (name) => fs.readFileSync(new URL(name, import.meta.url), "utf8").trim();

export function writePage(results, options) {
  const how = `<sub>${new Date().toISOString().slice(0, 10)}, ${machine()}; ${versions()}. ${extent(options)}</sub>`;
  const sections = sectionsOf(fs.existsSync(page) ? fs.readFileSync(page, "utf8") : "");
  for (const [name, rows] of Object.entries(results)) {
    sections.set(name, `## ${name}\n\n${benches[name].about}\n\n${table(rows)}\n\n${how}`);
  }
  const inOrder = Object.keys(benches).flatMap((name) => sections.get(name) ?? []);
  fs.writeFileSync(page, `${[text("page-head.md"), ...inOrder, text("page-profile.md")].join("\n\n")}\n`);
  console.error(`bench: wrote docs/performance.md (${Object.keys(results).join(", ")})`);
}

/** What the page has, by the benches' names. */
function sectionsOf(markdown) {
  const parts = markdown.split(/^(?=## )/m).map((part) => part.trim());
  return new Map(parts.map((part) => [/^## (\S+)/.exec(part)?.[1] ?? "", part]));
}

function extent({ rounds, calls, inFlight }) {
  const count = calls.toLocaleString("en");
  return `Medians of ${rounds} interleaved rounds; ${count} calls, ${inFlight} in flight where nothing else is said.`;
}

function versions() {
  const { dependencies } = JSON.parse(text("package.json"));
  const names = ["@grpc/grpc-js", "@connectrpc/connect-node", "@bufbuild/protobuf"];
  const all = names.map((name) => `${name} ${dependencies[name]}`);
  if (grpcGo() !== undefined) all.push(`grpc-go ${grpcGoVersion()}`);
  return all.join(", ");
}

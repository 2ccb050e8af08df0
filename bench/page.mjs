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
    const title = titleOf(name, major);
    sections.set(title, `## ${title}\n\n${benches[name].about}\n\n${table(rows)}\n\n${how}`);
  }
  const titles = Object.keys(benches).flatMap((name) => majors.map((each) => titleOf(name, each)));
  const inOrder = titles.flatMap((title) => sections.get(title) ?? []);
  fs.writeFileSync(page, `${[text("page-head.md"), ...inOrder, text("page-profile.md")].join("\n\n")}\n`);
  console.error(`bench: wrote docs/performance.md (${Object.keys(results).join(", ")})`);
}

/** Each Node that is supported has its own sections: figures of different runs do not compare. */
const major = Number.parseInt(process.versions.node, 10);
const majors = [...new Set([20, 22, 24, major])];

function titleOf(name, nodeMajor) {
  return nodeMajor === majors[0] ? name : `${name}, Node ${nodeMajor}`;
}

/** What the page has, by the titles of its sections. */
function sectionsOf(markdown) {
  const parts = markdown.split(/^(?=## )/m).map((part) => part.trim());
  return new Map(parts.map((part) => [/^## (.+)/.exec(part)?.[1] ?? "", part]));
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

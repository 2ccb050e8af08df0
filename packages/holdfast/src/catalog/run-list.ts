/** Runs one `holdfast list`. */

import { columnsOf, clipText } from "@holdfast/catalog/fold-text";
import { exitStatus } from "../exit-status.ts";
import { writeOut } from "../explain/write-out.ts";
import { entrySummary, type EntrySummary } from "./entry-summary.ts";
import type { ListFlags } from "./list-command.ts";
import { nearestIds } from "./nearest-ids.ts";
import { note, openEntries, type Fail } from "./open-entries.ts";
import { screen } from "./screen.ts";

/** What each filter looks at. */
const filters = {
  domain: ({ domain }: EntrySummary) => [domain],
  category: ({ category }: EntrySummary) => [category],
  tag: ({ tags }: EntrySummary) => tags,
  implementation: ({ implementations }: EntrySummary) => implementations,
} as const;

export async function runList(flags: ListFlags, fail: Fail): Promise<number> {
  const entries = await openEntries(flags.catalog, fail);
  const all = (await entries.all()).map((found) => entrySummary(found, flags.lang));
  const wanted = Object.entries(filters).flatMap(([name, valuesOf]) => {
    const value = flags[name as keyof typeof filters];
    return value === undefined ? [] : [{ name, value, valuesOf }];
  });
  for (const { name, value, valuesOf } of wanted) {
    const values = [...new Set(all.flatMap((entry) => valuesOf(entry)))].sort();
    if (!values.includes(value)) fail(`--${name} ${value}: ${expected(value, values)}`);
  }
  const fitting = all.filter((entry) => wanted.every(({ value, valuesOf }) => valuesOf(entry).includes(value)));
  if (flags.json === true) await writeOut(`${JSON.stringify(fitting, undefined, 2)}\n`);
  else if (fitting.length === 0) note("no entry fits all of these");
  else await writeOut(`${listLines(fitting).join("\n")}\n`);
  return fitting.length === 0 ? exitStatus.wrong : exitStatus.fine;
}

/** By what people call the program when they mean its language. */
const byLanguage: Readonly<Record<string, readonly string[]>> = {
  go: ["grpc-go", "go-net-http2"],
  golang: ["grpc-go", "go-net-http2"],
  node: ["grpc-js", "nice-grpc", "connect-node", "node-http2"],
  nodejs: ["grpc-js", "nice-grpc", "connect-node", "node-http2"],
  javascript: ["grpc-js", "nice-grpc", "connect-node", "node-http2"],
  typescript: ["grpc-js", "nice-grpc", "connect-node", "node-http2"],
  java: ["grpc-java"],
  kotlin: ["grpc-java"],
  python: ["grpc-core"],
  "c++": ["grpc-core"],
  ruby: ["grpc-core"],
  php: ["grpc-core"],
  rust: ["tonic"],
  "c#": ["grpc-dotnet"],
  csharp: ["grpc-dotnet"],
  dotnet: ["grpc-dotnet"],
  alb: ["aws-alb"],
  k8s: ["kubernetes"],
};

/** A short list is named whole; of a long one only what may have been meant. */
function expected(value: string, values: readonly string[]): string {
  const word = value.toLowerCase();
  const programs = Object.hasOwn(byLanguage, word) ? byLanguage[word] : undefined;
  const meant = programs?.filter((each) => values.includes(each)) ?? [];
  const near = meant.length > 0 ? meant : nearestIds(value, values);
  const guess = near.length === 0 ? "" : `did you mean ${near.join(" or ")}? `;
  if (values.length <= 30) return `${guess}expected one of ${values.join(", ")}`;
  return near.length === 0 ? "no entry has it" : `no entry has it; nearest: ${near.join(", ")}`;
}

function listLines(entries: readonly EntrySummary[]): readonly string[] {
  const { lineColumns: columns, paint } = screen();
  const width = Math.max(...entries.map(({ id }) => columnsOf(id)));
  // In a narrow terminal the title gets a line of its own, so that it can be read whole.
  const isStacked = columns - width - 2 < 50;
  return entries.flatMap(({ id, title, from }) => {
    const about = from === undefined ? title : `${title} (${from})`;
    if (isStacked) return [paint.strong(id), `  ${clipText(about, columns - 2)}`];
    return [`${paint.strong(id)}${" ".repeat(width - columnsOf(id) + 2)}${clipText(about, columns - width - 2)}`];
  });
}

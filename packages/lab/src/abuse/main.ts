/**
 * `npm run abuse`: attacks servers on 127.0.0.1, each abuse by its name, and prints what came of it. Ends with 1 when an
 * attack has ended our server or taken an honest call from it, with 2 when it was called wrongly. Needs Linux (/proc).
 */

import { writeFileSync } from "node:fs";
import os from "node:os";
import { type Abuse, abuses } from "./abuses.ts";
import { renderSections } from "./markdown.ts";
import { type AbuseOptions, parseOptions } from "./options.ts";
import { type AbuseRow, runAbuse } from "./run-abuse.ts";
import { findProgram, subjectNames } from "./subject-programs.ts";
import type { SubjectProgram } from "./subject.ts";

/** Seen from where this file is built. */
const page = new URL("../../../../docs/abuse.md", import.meta.url);

/** An interrupted run ends at once and takes its children along; 128 + the signal's number, as shells have it. */
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const options = parseOptions(
  process.argv.slice(2),
  abuses.map(({ name }) => name),
  subjectNames,
);
if (options.kind === "abuse") process.exitCode = await run(options);
else {
  (options.kind === "help" ? process.stdout : process.stderr).write(options.text);
  process.exitCode = options.kind === "help" ? 0 : 2;
}

async function run({ only, subjects, json, write }: AbuseOptions): Promise<number> {
  const chosen = abuses.filter(({ name }) => only.length === 0 || only.includes(name));
  const programs = programsOf(subjects);
  const rows: AbuseRow[] = [];
  for (const abuse of chosen) {
    const own: AbuseRow[] = [];
    for (const program of programs) own.push(await attack(abuse, program));
    rows.push(...own);
    if (json) for (const row of own) console.log(JSON.stringify(row));
    else console.log(renderSections([abuse], own));
  }
  if (write) writeFileSync(page, pageOf(programs, chosen, rows));
  const bad = rows.filter(
    (row) => row.subject === "holdfast" && (!row.survived || row.honestAnswered < row.honestSent),
  );
  for (const { abuse, honestAnswered, honestSent } of bad)
    console.error(`abuse: ${abuse}: ${honestAnswered} of ${honestSent} honest calls were answered`);
  return bad.length === 0 ? 0 : 1;
}

async function attack(abuse: Abuse, program: SubjectProgram): Promise<AbuseRow> {
  const row = await runAbuse(abuse, program);
  console.error(`${row.abuse} ${row.subject}: ${row.honestAnswered}/${row.honestSent}, ${row.told}`);
  return row;
}

function programsOf(names: readonly string[]): readonly SubjectProgram[] {
  return subjectNames
    .filter((name) => names.length === 0 || names.includes(name))
    .flatMap((name) => {
      const found = findProgram(name);
      if (!("missing" in found)) return [found];
      console.error(`abuse: without ${name}: ${found.missing}`);
      return [];
    });
}

function pageOf(programs: readonly SubjectProgram[], chosen: readonly Abuse[], rows: readonly AbuseRow[]): string {
  const cpu = os.cpus()[0]?.model.trim() ?? "unknown processor";
  const date = new Date().toISOString().slice(0, 10);
  const versions = programs.map(({ title }) => title).join(", ");
  return `# Abuses: what they cost, and what the peer is told

Written by \`npm run abuse -- --write\`, not by hand: each attack against a server in a process of its own on 127.0.0.1, sent
for 2 s or 128 MiB (those that wait: 4 s), by an attacker that comes back when it is thrown out. ${os.availableParallelism()} processors (${cpu}),
${os.type()} ${os.arch()}, ${date}; ${versions}.
[SECURITY.md](../SECURITY.md) says how to change each limit.

**Peak** is the most resident memory of the server's process during the attack; before it, in brackets, after 6,000 calls.
**CPU** is that of the server's process for each octet that the attacker sent (the honest calls beside it taken off), beside
that of an octet of honest calls that come as fast as they are answered; reading and dropping what comes behind the end counts. **Honest calls** come on four other connections, 200
a second, all through the attack; one that has no answer 2 s after the end of the attack is lost. Limits are those of
Holdfast; the others run with their defaults, but that node:http2 and grpc-go have the time of a TLS handshake shortened, too.

${renderSections(chosen, rows)}`;
}

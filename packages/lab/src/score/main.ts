/**
 * The program `score`: runs the tables M1 and M2 and prints them. Exits 0, or 1 if Holdfast broke a promise, or 2 if it was
 * called wrongly.
 */

import { writeFileSync } from "node:fs";
import { clientVersions } from "../clients/client-versions.ts";
import type { ScoreOptions } from "./options.ts";
import { parseOptions } from "./options.ts";
import { renderTables } from "./markdown.ts";
import { brokenPromises } from "./promises.ts";
import { runScore } from "./run-score.ts";
import type { ScoreRecord, ScoreResult } from "./score-record.ts";

/** Seen from where this file is built. */
const repository = new URL("../../../../", import.meta.url);

/** An interrupted run ends at once and takes its children along; 128 + the signal's number, as shells have it. */
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const options = parseOptions(process.argv.slice(2));
switch (options.kind) {
  case "help":
    process.stdout.write(options.text);
    break;
  case "mistake":
    process.stderr.write(options.text);
    process.exitCode = 2;
    break;
  case "score":
    process.exitCode = await score(options);
}

async function score(options: ScoreOptions): Promise<number> {
  const results: ScoreResult[] = [];
  await runScore(options, (result) => {
    const known = results.some((one) => isSkip(one) && isSkip(result) && one.client === result.client);
    results.push(result);
    if (!known) tell(result, options.json);
  });
  const tables = renderTables(results);
  if (!options.json) process.stdout.write(tables);
  if (options.writeTo !== undefined) {
    writeFileSync(new URL(options.writeTo, repository), scorePage(tables));
  }
  const broken = [...missing(results), ...brokenPromises(scored(results))];
  for (const text of broken) process.stderr.write(`broken: ${text}\n`);
  return broken.length === 0 ? 0 : 1;
}

/** With `--json` a line for each record; else progress, and what a reader of the record should know. */
function tell(result: ScoreResult, json: boolean): void {
  if (isSkip(result)) {
    process.stderr.write(`skipped from row ${result.row} on: ${result.client}: ${result.why}\n`);
    return;
  }
  const { record, notes } = result;
  if (json) process.stdout.write(`${JSON.stringify(record)}\n`);
  else process.stderr.write(`${record.table} ${record.row} ${record.client}: ${record.ok}/${record.calls} OK\n`);
  for (const note of notes) process.stderr.write(`note: ${record.row}, ${record.client}: ${note}\n`);
}

/** Other clients may be absent; Holdfast may not. One line a client. */
function missing(results: readonly ScoreResult[]): readonly string[] {
  const own = results.filter(isSkip).filter(({ client }) => client.startsWith("holdfast"));
  const reasons = new Map(own.map(({ client, row, why }) => [client, `${client} did not run in ${row}: ${why}`]));
  return [...reasons.values()];
}

function isSkip(result: ScoreResult): result is Extract<ScoreResult, { kind: "skipped" }> {
  return result.kind === "skipped";
}

function scored(results: readonly ScoreResult[]): readonly ScoreRecord[] {
  return results.flatMap((result) => (result.kind === "scored" ? [result.record] : []));
}

function scorePage(tables: string): string {
  const { platform, arch, versions } = process;
  return `# The scoreboard: what each client loses when a connection dies

Written by \`npm run score -- --write\`, not by hand: a scripted peer that speaks raw frames on 127.0.0.1, each client in a
process of its own. Node ${versions.node}, ${platform} ${arch}; ${clientVersions().join(", ")}.

${tables}`;
}

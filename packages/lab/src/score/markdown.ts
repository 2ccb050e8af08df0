/** Owns the tables as Markdown. */

import { restartStyles } from "../churn/restart-style.ts";
import { rows } from "../rows/rows.ts";
import type { ScoreRecord, ScoreResult, TableId } from "./score-record.ts";

const titles: Readonly<Record<TableId, string>> = {
  M1: "M1. One connection, 20 unary calls in flight, then one event",
  M2: "M2. Churn: 50 calls in flight, answers after 5 ms, each connection restarted every 97 requests",
};

const legend = `Each cell: calls that ended **OK** / all; then what failed, by code; \`2x\` calls that the peer executed twice; \`never\` calls
that had not settled 5 s after their deadline. A peer counts a request as executed when it is whole and its id is one that
the peer accepts. \`+policy\`: UNAVAILABLE is retried, 5 attempts, 100 ms × 2, at most 1 s. Executed twice is no fault of a
policy: it was told that the calls may be repeated.`;

/** What a reader should know of a table before comparing numbers. */
const remarks: Readonly<Record<TableId, string>> = {
  M1: `The event comes when all calls are whole at the peer. Rows \`/tls\` are the same over TLS. undici knows no gRPC status: its
failures carry its own names, and its calls are marked idempotent, without which it sends them one after the other.`,
  M2: `A loss without a policy is the number of calls that a cut happened to find, so it differs from run to run, by some points
of a hundred where bodies are large. What holds is which cells are free of loss.`,
};

export function renderTables(results: readonly ScoreResult[]): string {
  const records = results.flatMap((result) => (result.kind === "scored" ? [result.record] : []));
  const parts = [legend];
  for (const table of ["M1", "M2"] as const) {
    const own = records.filter((record) => record.table === table);
    if (own.length > 0) parts.push(`## ${titles[table]}`, remarks[table], renderTable(own));
  }
  const skipped = skippedClients(results);
  if (skipped.length > 0) parts.push(skipped.map(([client, why]) => `- ${client} did not run: ${why}`).join("\n"));
  return `${parts.join("\n\n")}\n`;
}

function renderTable(records: readonly ScoreRecord[]): string {
  const clientIds = [...new Set(records.map(({ client }) => client))];
  const rowIds = [...new Set(records.map(({ row }) => row))];
  const lines = [line(["row", "the peer sends", ...clientIds]), line(["---", "---", ...clientIds.map(() => "---")])];
  for (const row of rowIds) {
    const cells = clientIds.map((client) =>
      cell(records.find((record) => record.row === row && record.client === client)),
    );
    lines.push(line([row, eventOf(row), ...cells]));
  }
  return lines.join("\n");
}

function cell(record: ScoreRecord | undefined): string {
  if (record === undefined) return "–";
  const parts = [record.ok === record.calls ? `**${record.ok}**/${record.calls}` : `${record.ok}/${record.calls}`];
  for (const [code, count] of Object.entries(record.codes)) parts.push(`${count} ${code}`);
  if (record.executedTwice > 0) parts.push(`2x ${record.executedTwice}`);
  if (record.neverSettled > 0) parts.push(`never ${record.neverSettled}`);
  return parts.join("<br>");
}

function eventOf(rowId: string): string {
  const [id] = rowId.split("/");
  return [...rows, ...restartStyles].find((one) => one.id === id)?.event ?? "";
}

/** Each client that was skipped, once, with the first reason. */
function skippedClients(results: readonly ScoreResult[]): readonly (readonly [string, string])[] {
  const reasons = new Map<string, string>();
  for (const result of results) {
    if (result.kind === "skipped" && !reasons.has(result.client)) reasons.set(result.client, result.why);
  }
  return [...reasons];
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** Owns the order in which cells run: what is cheap side by side, what is heavy alone. */

import { createCertificate } from "../peer/certificate.ts";
import type { Cell } from "./cell.ts";
import { churnCell, rowCell, runCell } from "./cell.ts";
import type { ScoreOptions } from "./options.ts";
import type { ScoreResult } from "./score-record.ts";

/** Rows of M1 mostly wait; a churn keeps a core busy on either side. */
const rowsAtOnce = 4;
const churnsAtOnce = 1;

/** Runs all cells that were asked for; `onResult` hears each in the order of the tables. */
export async function runScore(options: ScoreOptions, onResult: (result: ScoreResult) => void): Promise<void> {
  const certificate = options.tlsRows.length > 0 ? createCertificate() : undefined;
  const rowCells = options.clients.flatMap((client) => [
    ...options.rows.map((row) => rowCell(row, client)),
    ...options.tlsRows.map((row) => rowCell(row, client, certificate)),
  ]);
  const churnCells = options.clients.flatMap((client) =>
    options.churns.map(({ style, load }) => churnCell(style, load, client)),
  );
  await runCells(rowCells, rowsAtOnce, onResult);
  await runCells(churnCells, churnsAtOnce, onResult);
}

/** A client that could not run once is not tried again: the reason is the same for every row. */
async function runCells(
  cells: readonly Cell[],
  atOnce: number,
  onResult: (result: ScoreResult) => void,
): Promise<void> {
  const skipped = new Map<string, string>();
  const results: (ScoreResult | undefined)[] = cells.map(() => undefined);
  let next = 0;
  let told = 0;
  const worker = async (): Promise<void> => {
    while (next < cells.length) {
      const at = next++;
      const cell = cells[at] as Cell;
      const why = skipped.get(cell.client.id);
      const result: ScoreResult =
        why === undefined ? await runCell(cell) : { kind: "skipped", row: cell.row, client: cell.client.id, why };
      if (result.kind === "skipped") skipped.set(result.client, result.why);
      results[at] = result;
      for (let ready = results[told]; ready !== undefined; ready = results[told]) {
        told++;
        onResult(ready);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

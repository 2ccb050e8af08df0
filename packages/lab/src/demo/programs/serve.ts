/**
 * Owns what every backend in Node does around its server: read the order, keep the journal, take as long as the schedule
 * says, end with the parent. How a call gets in and out is the backend's own file's.
 */

import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { workMs } from "../arrivals.ts";
import { readCallId } from "../call-id.ts";
import { openJournal } from "../journal.ts";

/** The first line on stdin, one JSON object. When stdin ends, the parent is gone and the backend goes too. */
export interface BackendOrder {
  readonly port: number;
  readonly journal: string;
  readonly seed: number;
  /** How long calls may go on after SIGTERM. */
  readonly drainGraceMs: number;
  /** Absent: plain text. */
  readonly tls?: { readonly certPem: string; readonly keyPem: string };
}

/** The line on stdout that says: listening. */
export const readyLine = "ready";

/** What both handlers do: note the call, then work. */
export type Execute = (id: string) => Promise<void>;

/** `listen` resolves when the server takes calls. */
export async function serve(listen: (order: BackendOrder, execute: Execute) => Promise<void>): Promise<void> {
  const input = createInterface({ input: process.stdin });
  const order = await new Promise<BackendOrder>((resolve) => {
    input.once("line", (line) => resolve(JSON.parse(line) as BackendOrder));
    input.once("close", () => process.exit());
  });
  // Where a server has drained, nothing else may keep the process.
  process.stdin.unref();
  const journal = openJournal(order.journal);
  await listen(order, (id) => {
    journal.write(id);
    return sleep(workMs(readCallId(id)?.number ?? 0, order.seed));
  });
  process.stdout.write(`${readyLine}\n`);
}

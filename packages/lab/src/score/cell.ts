/** Owns one cell of the scoreboard: a peer with its script, a client in its own process, and what came of it. */

import { churnScript } from "../churn/churn-script.ts";
import type { ChurnLoad } from "../churn/churn-load.ts";
import { churnInFlight } from "../churn/churn-load.ts";
import type { RestartStyle } from "../churn/restart-style.ts";
import type { Client } from "../clients/client.ts";
import type { DriverOrder } from "../clients/driver.ts";
import { settleGraceMs } from "../clients/driver.ts";
import { runClient } from "../clients/run-client.ts";
import type { Certificate } from "../peer/certificate.ts";
import { Peer } from "../peer/peer.ts";
import type { PeerScript } from "../peer/peer-script.ts";
import type { Row } from "../rows/row.ts";
import { callsPerRow } from "../rows/row.ts";
import type { ScoreResult, TableId } from "./score-record.ts";
import { countCodes } from "./score-record.ts";

export interface Cell {
  readonly table: TableId;
  readonly row: string;
  readonly client: Client;
  readonly scriptOf: (ordinal: number) => PeerScript;
  readonly certificate?: Certificate;
  readonly load: Pick<DriverOrder, "calls" | "inFlight" | "requestBytes" | "deadlineMs">;
}

/** Time for a process to start and to load its client, on a machine that is busy with others. */
const startLimitMs = 20_000;

/** A churn's deadline is no part of what it measures: long enough for 50 bodies of 2 MB at once on a slow machine. */
const churnDeadlineMs = 30_000;

export function rowCell(row: Row, client: Client, certificate?: Certificate): Cell {
  return {
    table: "M1",
    row: certificate === undefined ? row.id : `${row.id}/tls`,
    client,
    scriptOf: row.scriptOf,
    ...(certificate === undefined ? {} : { certificate }),
    load: { calls: callsPerRow, inFlight: callsPerRow, requestBytes: 100, deadlineMs: row.deadlineMs },
  };
}

export function churnCell(style: RestartStyle, load: ChurnLoad, client: Client): Cell {
  const script = churnScript(style);
  return {
    table: "M2",
    row: `${style.id}/${load.id}`,
    client,
    scriptOf: () => script,
    load: {
      calls: load.calls,
      inFlight: churnInFlight,
      requestBytes: load.requestBytes,
      deadlineMs: churnDeadlineMs,
    },
  };
}

export async function runCell(cell: Cell): Promise<ScoreResult> {
  const { row, client, certificate, load } = cell;
  const peer = new Peer({ scriptOf: cell.scriptOf, ...(certificate === undefined ? {} : { certificate }) });
  await peer.start();
  try {
    const order: DriverOrder = {
      port: peer.port,
      policy: client.policy,
      ...load,
      ...(certificate === undefined ? {} : { caPem: certificate.certPem }),
    };
    const run = await runClient(client.program, order, limitMs(load));
    if (run.kind === "skipped") return { kind: "skipped", row, client: client.id, why: run.why };
    const { ok, failed, neverSettled, trouble } = run;
    const told = failed.filter(({ processed }) => processed !== undefined);
    const record = {
      table: cell.table,
      row,
      client: client.id,
      calls: load.calls,
      ok,
      failed: failed.length,
      executedTwice: peer.ledger.executedTwice(),
      neverSettled,
      codes: countCodes(failed),
      ...(told.length === 0 ? {} : { failures: told }),
    };
    return { kind: "scored", record, notes: trouble === undefined ? peer.notes : [...peer.notes, trouble] };
  } finally {
    await peer.close();
  }
}

/** Room for every call of a client that lets each of them run into its deadline twice over: then something else is wrong. */
function limitMs(load: Cell["load"]): number {
  return startLimitMs + 2 * (load.deadlineMs + settleGraceMs);
}

/** Owns the command line of the scoreboard: what may be said, what it means, and what is wrong with the rest. */

import { parseArgs } from "node:util";
import type { ChurnLoad } from "../churn/churn-load.ts";
import { churnLoads } from "../churn/churn-load.ts";
import type { RestartStyle } from "../churn/restart-style.ts";
import { restartStyles } from "../churn/restart-style.ts";
import type { Client } from "../clients/client.ts";
import { clients } from "../clients/client.ts";
import type { Row } from "../rows/row.ts";
import { rows } from "../rows/rows.ts";

export interface ScoreOptions {
  readonly kind: "score";
  readonly rows: readonly Row[];
  /** Rows of M1 that also run over TLS. */
  readonly tlsRows: readonly Row[];
  readonly churns: readonly { readonly style: RestartStyle; readonly load: ChurnLoad }[];
  readonly clients: readonly Client[];
  readonly json: boolean;
  /** Write the tables to this file of the repository. */
  readonly writeTo?: string;
}

export interface Usage {
  readonly kind: "help" | "mistake";
  readonly text: string;
}

/** The rows that also run over TLS: one of each kind of ending. */
const tlsRowIds: ReadonlySet<string> = new Set(["A", "E", "F", "H", "U", "X", "Y"]);

const scoreFile = "docs/score.md";

const usage = `usage: score [--rows A,E,single/10KB] [--clients holdfast,grpc-js] [--only M1|M2] [--tls | --no-tls] [--json] [--write]

  --rows      rows of M1 (${rows.map(({ id }) => id).join(" ")}; E/tls for one over TLS) and of M2
              (${restartStyles.map(({ id }) => id).join(", ")}, alone or with a load: ${churnLoads.map(({ id }) => id).join(", ")})
  --clients   ${clients.map(({ id }) => id).join(", ")}
  --only      one of the two tables
  --tls       of M1 only the rows over TLS; --no-tls: none of them. Default: both
  --json      one object a line instead of Markdown
  --write     write the tables to ${scoreFile} as well (all rows and clients)
`;

export function parseOptions(args: readonly string[]): ScoreOptions | Usage {
  try {
    return parse(args);
  } catch (error) {
    if (error instanceof Error) return { kind: "mistake", text: `score: ${error.message}\n\n${usage}` };
    throw error;
  }
}

function parse(args: readonly string[]): ScoreOptions | Usage {
  const { values } = parseArgs({
    args: [...args],
    allowPositionals: false,
    options: {
      rows: { type: "string" },
      clients: { type: "string" },
      only: { type: "string" },
      tls: { type: "boolean" },
      "no-tls": { type: "boolean" },
      json: { type: "boolean" },
      write: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) return { kind: "help", text: usage };
  if (values.only !== undefined && values.only !== "M1" && values.only !== "M2") {
    throw new Error(`--only: expected M1 or M2, got "${values.only}"`);
  }
  if (values.tls === true && values["no-tls"] === true) throw new Error("--tls and --no-tls exclude each other");
  const partial = values.rows ?? values.clients ?? values.only ?? values.tls ?? values["no-tls"];
  if (values.write === true && partial !== undefined) {
    throw new Error(`--write: ${scoreFile} holds the whole of the tables; leave out what narrows them`);
  }
  const wanted = list(values.rows);
  const chosen = wanted === undefined ? everyRow() : chooseRows(wanted);
  const plain = values.tls !== true && values.only !== "M2";
  const tls = values["no-tls"] !== true && values.only !== "M2";
  const narrowed = {
    rows: plain ? chosen.rows : [],
    tlsRows: tls ? chosen.tlsRows : [],
    churns: values.only === "M1" || values.tls === true ? [] : chosen.churns,
  };
  if (narrowed.rows.length + narrowed.tlsRows.length + narrowed.churns.length === 0) {
    throw new Error("the options together leave nothing to run");
  }
  return {
    kind: "score",
    ...narrowed,
    clients: chooseClients(list(values.clients)),
    json: values.json === true,
    ...(values.write === true ? { writeTo: scoreFile } : {}),
  };
}

type Choice = Pick<ScoreOptions, "rows" | "tlsRows" | "churns">;

function everyRow(): Choice {
  const churns = restartStyles.flatMap((style) => churnLoads.map((load) => ({ style, load })));
  return { rows, tlsRows: rows.filter(({ id }) => tlsRowIds.has(id)), churns };
}

/** `E` is row E, and over TLS too if it is one of those; `E/tls` is that one alone; `single` is all three loads. */
function chooseRows(wanted: readonly string[]): Choice {
  const all = everyRow();
  const choice: Choice = {
    rows: all.rows.filter(({ id }) => wanted.includes(id)),
    tlsRows: all.tlsRows.filter(({ id }) => wanted.includes(id) || wanted.includes(`${id}/tls`)),
    churns: all.churns.filter(
      ({ style, load }) => wanted.includes(style.id) || wanted.includes(`${style.id}/${load.id}`),
    ),
  };
  const known = new Set([
    ...all.rows.map(({ id }) => id),
    ...all.tlsRows.map(({ id }) => `${id}/tls`),
    ...all.churns.flatMap(({ style, load }) => [style.id, `${style.id}/${load.id}`]),
  ]);
  const unknown = wanted.find((id) => !known.has(id));
  if (unknown !== undefined) throw new Error(`--rows: there is no row "${unknown}"`);
  return choice;
}

function chooseClients(wanted: readonly string[] | undefined): readonly Client[] {
  const unknown = wanted?.find((id) => !clients.some((client) => client.id === id));
  if (unknown !== undefined) throw new Error(`--clients: there is no client "${unknown}"`);
  return clients.filter(({ id }) => wanted?.includes(id) ?? true);
}

function list(text: string | undefined): readonly string[] | undefined {
  return text?.split(",").map((part) => part.trim());
}

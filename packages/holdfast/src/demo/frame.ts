/** Owns the demo's picture as a whole: what stands where. Pure: a view in, lines out. */

import type { ClientView, DemoPlan, DemoView } from "@holdfast/lab/demo";
import { secondsText } from "./duration.ts";
import type { Paint } from "./paint.ts";
import { stripLines } from "./strip.ts";
import { tableLines } from "./table.ts";
import { wrapText } from "./wrap-text.ts";

/** Wider lines are not easier to read. */
const maxWidth = 96;
/** At the end the strip may take so many rows of columns; an hour has 1,800 restarts. */
const maxBlocks = 4;

export const serverNames = { holdfast: "Holdfast", "grpc-js": "grpc-js", grpcio: "grpcio" } as const;

/** The picture, for a run that goes on as for one that is over. */
export function frameLines(view: DemoView, columns: number, paint: Paint): readonly string[] {
  const width = Math.min(columns - 1, maxWidth);
  const over = view.phase === "over";
  return [
    ...headLines(view, width, paint),
    "",
    ...tableLines(view.clients, paint),
    "",
    ...stripLines(view, width, paint, over ? maxBlocks : 1),
    paint.faint(over ? legend : `  ${"backends".padEnd(10)}${backendsText(view)}`),
    ...lastFailuresLines(view, width, paint),
  ];
}

const legend = "  T, K: SIGTERM or SIGKILL to backend 1, 2, 3; below: calls failed since";

function headLines({ plan, phase, elapsedMs }: DemoView, width: number, paint: Paint): readonly string[] {
  const title = `  ${titleOf(plan)}`;
  const clock = phase === "starting" ? "starting" : `${(elapsedMs / 1_000).toFixed(1)} of ${secondsText(plan.forMs)}`;
  const load = `  ${plan.ratePerS} calls/s each, retryPolicy for Read and none for Write; seed ${plan.seed}`;
  return [
    `${paint.strong(title)}${clock.padStart(Math.max(clock.length + 2, width - title.length))}`,
    paint.faint(load),
  ];
}

function titleOf({ server, tls }: DemoPlan): string {
  return `Three ${serverNames[server]} servers${tls ? " behind TLS" : ""}, one restarted every 2 s`;
}

function backendsText({ backends, phase }: DemoView): string {
  if (phase === "settling") return "no more calls; the open ones settle";
  return backends
    .map(({ number, state }) => `${number} ${state}`.padEnd(13))
    .join("")
    .trimEnd();
}

function lastFailuresLines({ clients }: DemoView, width: number, paint: Paint): readonly string[] {
  const lines = clients.flatMap((client) => lastFailureLines(client, width, paint));
  return lines.length === 0 ? [] : ["", ...lines];
}

function lastFailureLines({ client, lastFailure }: ClientView, width: number, paint: Paint): readonly string[] {
  if (lastFailure === undefined) return [];
  const { id, atMs, code, text, processed } = lastFailure;
  const told = processed === undefined ? "" : `, processed: ${processed}`;
  return [
    `  ${paint.strong(client)} last lost ${id} at ${(atMs / 1_000).toFixed(1)} s: ${code}${told}`,
    ...wrapText(text, width - 4, 2).map((line) => paint.faint(`    ${line}`)),
  ];
}

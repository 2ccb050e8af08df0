/** Owns the demo's last words: the verdict, and what to try next. Pure. */

import type { Breach, DemoPlan, DemoResult, DemoView, MethodName } from "@holdfast/lab/demo";
import { countText, plural } from "./count-text.ts";
import { defaults } from "./demo-defaults.ts";
import type { Paint } from "./paint.ts";
import { explainOffer } from "./explain-offer.ts";
import { wrapText } from "./wrap-text.ts";

/** Of a broken promise so many calls are named; the file names all. */
const namedCalls = 5;

/** Fits into 80 columns behind the margin. */
const textWidth = 77;

/** `file`: where the offending calls stand. */
export function endingLines(
  { ending, view, verdict }: DemoResult,
  file: string | undefined,
  paint: Paint,
): readonly string[] {
  if (verdict === undefined) {
    return ["  No verdict: the run was cut off before its calls had settled.", "", ...tryLines(view, true, paint)];
  }
  const stopped = ending === "stopped" ? [`  Stopped after ${(view.elapsedMs / 1_000).toFixed(1)} s.`] : [];
  const judged = verdict.passed ? heldLines(view, paint) : brokenLines(verdict.breaches, file, paint);
  return [...stopped, ...judged, "", ...tryLines(view, verdict.passed, paint)];
}

function heldLines(view: DemoView, paint: Paint): readonly string[] {
  const [reads, writes] = [countsOf(view, "Read"), countsOf(view, "Write")];
  const lines = [
    `  ${paint.good(paint.strong("Holdfast held."))} ${plural(reads.sent, "read")}: none failed. ` +
      `${plural(writes.sent, "write")}: none ran twice.`,
    "  Every call settled, and the journals bear out what its caller was told.",
  ];
  if (writes.failed > 0) {
    lines.push(
      `  ${plural(writes.failed, "write")} failed: cut off when it may have run already, and so not sent again.`,
    );
  }
  return lines;
}

function brokenLines(breaches: readonly Breach[], file: string | undefined, paint: Paint): readonly string[] {
  return [
    `  ${paint.bad(paint.strong("Holdfast did not hold."))}`,
    ...breaches.flatMap(({ text, calls }) => {
      const ids = calls.slice(0, namedCalls).map(({ id }) => id);
      const more = calls.length > ids.length ? ` and ${countText(calls.length - ids.length)} more` : "";
      const words = `${plural(calls.length, "call")} ${text}: ${ids.join(", ")}${more}`;
      return wrapText(words, textWidth, 3).map((line) => `  ${line}`);
    }),
    ...(file === undefined ? [] : [`  Ids and reports: ${file}`]),
  ];
}

function countsOf({ clients }: DemoView, method: MethodName): { readonly sent: number; readonly failed: number } {
  const counts = clients.find(({ client }) => client === "holdfast")?.methods.find((row) => row.method === method);
  return counts ?? { sent: 0, failed: 0 };
}

/** What became of the calls, in words and as a picture; then one more run, and never the one that this was. */
function tryLines({ plan, clients }: DemoView, passed: boolean, paint: Paint): readonly string[] {
  const runs: readonly (readonly [offered: boolean, command: string, why: string])[] = [
    [!passed, `npx holdfast demo --seed ${plan.seed}${sameWorld(plan)}`, "the same load again"],
    [plan.server !== "grpc-js", "npx holdfast demo --server grpc-js", "servers that you may already have"],
    [plan.kill !== "kill", "npx holdfast demo --kill kill --rate 500", "harder: SIGKILL only, more calls"],
    [true, "npx holdfast demo --kill term", "drains only: then no write has to be lost"],
  ];
  const offers = [
    ...runs.filter(([offered]) => offered).slice(0, 1),
    [true, "npx holdfast web", "this demo as moving lines"] as const,
    [true, "npm run score", "every Node client, row by row"] as const,
  ];
  const width = Math.max(...offers.map(([, command]) => command.length));
  return [
    paint.faint("  Try next:"),
    `  ${explainOffer(clients, textWidth, paint)}`,
    ...offers.map(([, command, why]) => `  ${paint.strong(command.padEnd(width))}  ${paint.faint(why)}`),
  ];
}

/** What of the plan is not the default, as flags; the seed stands before it. */
function sameWorld({ server, kill, tls, ratePerS, forMs }: DemoPlan): string {
  return [
    server === "holdfast" ? "" : ` --server ${server}`,
    kill === "mixed" ? "" : ` --kill ${kill}`,
    tls ? " --tls" : "",
    ratePerS === defaults.ratePerS ? "" : ` --rate ${ratePerS}`,
    forMs === defaults.forMs ? "" : ` --for ${forMs / 1_000}s`,
  ].join("");
}

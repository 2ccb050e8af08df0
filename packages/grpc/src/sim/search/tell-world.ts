/** A world and what was found in it, as lines for a person. Owns the words of the search's output; prints nothing. */

import type { RunResult } from "./run-plan.ts";
import { describeCall, describeDeed, type WorldPlan } from "./world-plan.ts";

/** The first few findings of a world tell what is wrong; the others mostly follow from them. */
const findingsShown = 5;
/** What happened right before the first finding mostly tells why. */
const storyShown = 60;

/** Who there is, and what goes wrong when. */
export function scheduleLines(plan: WorldPlan): string[] {
  const lines = [`seed ${plan.seed}: a ${plan.climate} world${plan.tls ? " over TLS" : ""}`];
  for (const { name, loadBalancing, retries, keepalive } of plan.clients) {
    const asks = keepalive === undefined ? "" : `, keepalive ${JSON.stringify(keepalive)}`;
    lines.push(`  ${name}: ${loadBalancing}${retries ? ", retries sim.Safe" : ""}${asks}`);
  }
  for (const { name, maxConcurrentStreams, receiveBudgetBytes, connections } of plan.servers) {
    const limits = `${maxConcurrentStreams} streams, ${receiveBudgetBytes} octets of budget`;
    lines.push(`  ${name}: ${limits}, connections ${JSON.stringify(connections)}`);
  }
  for (const deed of [...plan.deeds].sort((a, b) => a.atMs - b.atMs))
    lines.push(`  at ${deed.atMs} ms: ${describeDeed(deed)}`);
  return lines;
}

/** What each call is. */
export function callLines(plan: WorldPlan): string[] {
  return [...plan.calls]
    .sort((a, b) => a.atMs - b.atMs)
    .map((call) => `  at ${call.atMs} ms: ${call.client} makes call ${call.id}: ${describeCall(call)}`);
}

export function findingLines(
  seed: number,
  { findings }: Pick<RunResult, "findings">,
  stray: readonly string[],
): string[] {
  const lines = [
    ...findings.map(({ rule, atMs, callId, detail }) => {
      const call = callId === undefined ? "" : ` call ${callId}:`;
      return `${rule} at ${atMs.toFixed(3)} ms:${call} ${detail}`;
    }),
    ...stray,
  ];
  const shown = lines.slice(0, findingsShown).map((line) => `seed ${seed}: ${line}`);
  return lines.length <= findingsShown ? shown : [...shown, `seed ${seed}: and ${lines.length - findingsShown} more`];
}

/** The story up to the first finding, its last part if it is long. */
export function storyBefore({ story, findings }: Pick<RunResult, "story" | "findings">): string[] {
  const untilMs = findings[0]?.atMs ?? Infinity;
  const told = story.filter((line) => Number.parseFloat(line) <= untilMs + 0.001);
  const left = told.length - storyShown;
  return left > 0 ? [`             (${left} lines before)`, ...told.slice(-storyShown)] : told;
}

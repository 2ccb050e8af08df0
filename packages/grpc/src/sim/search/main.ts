/**
 * `npm run sim`: searches random worlds for a broken invariant. Owns arguments, output and exit status: 0 nothing found,
 * 1 findings, 2 usage mistakes.
 */

import { parseOptions, type SearchOptions, usage } from "./options.ts";
import { planWorld } from "./plan-world.ts";
import { runPlan, type RunResult } from "./run-plan.ts";
import { describeDeed, type WorldPlan } from "./world-plan.ts";

/** How often a long search says where it is, in worlds. */
const progressEvery = 25;
/** The first few findings of a world tell what is wrong; the others mostly follow from them. */
const findingsShown = 5;

const parsed = parseOptions(process.argv.slice(2));
switch (parsed.kind) {
  case "help":
    console.log(usage);
    break;
  case "mistake":
    console.error(`sim: ${parsed.text}\n${usage}`);
    process.exitCode = 2;
    break;
  case "search":
    process.exitCode = (await search(parsed.options)) ? 0 : 1;
    break;
}

/** True when nothing was found. */
async function search({ from, seeds, explain, untilFound }: SearchOptions): Promise<boolean> {
  const total = { worlds: 0, calls: 0, failed: 0, faults: 0, findings: 0, badSeeds: 0 };
  const before = process.cpuUsage();
  let strayed: unknown[] = [];
  // A rejection that nobody handles belongs to the world that is running.
  process.on("unhandledRejection", (reason) => strayed.push(reason));
  for (let i = 0; i < seeds; i++) {
    const plan = planWorld(from + i);
    const result = await runPlan(plan, { story: explain });
    const stray = strayed.map(
      (reason) => `threw: unhandled rejection: ${reason instanceof Error ? reason.stack : String(reason)}`,
    );
    strayed = [];
    total.calls += result.calls;
    total.failed += result.failed;
    total.faults += plan.deeds.filter(({ kind }) => kind !== "weather").length;
    total.findings += result.findings.length + stray.length;
    if (explain) tellStory(plan, result);
    if (result.findings.length + stray.length > 0) {
      total.badSeeds++;
      tellFindings(plan.seed, result, stray);
    }
    const done = i + 1;
    total.worlds = done;
    if (untilFound && total.findings > 0) break;
    if (done % progressEvery === 0 && done < seeds)
      console.log(`${done} of ${seeds} worlds, ${total.calls} calls, ${total.findings} findings`);
  }
  const { user, system } = process.cpuUsage(before);
  const perSecond = Math.round(total.calls / ((user + system) / 1e6));
  console.log(
    `${total.worlds} worlds (seeds ${from} to ${from + total.worlds - 1}), ${total.calls} calls (${total.failed} failed as they may), ` +
      `${total.faults} faults, ${total.findings} findings in ${total.badSeeds} worlds, ${perSecond} calls per CPU second`,
  );
  return total.findings === 0;
}

function tellStory(plan: WorldPlan, result: RunResult): void {
  console.log(`seed ${plan.seed}: a ${plan.climate} world${plan.tls ? " over TLS" : ""}`);
  for (const { name, loadBalancing, retries, keepalive } of plan.clients) {
    const asks = keepalive === undefined ? "" : `, keepalive ${JSON.stringify(keepalive)}`;
    console.log(`  ${name}: ${loadBalancing}${retries ? ", retries sim.Safe" : ""}${asks}`);
  }
  for (const { name, maxConcurrentStreams, receiveBudgetBytes, connections } of plan.servers) {
    const limits = `${maxConcurrentStreams} streams, ${receiveBudgetBytes} octets of budget`;
    console.log(`  ${name}: ${limits}, connections ${JSON.stringify(connections)}`);
  }
  for (const deed of [...plan.deeds].sort((a, b) => a.atMs - b.atMs))
    console.log(`  at ${deed.atMs} ms: ${describeDeed(deed)}`);
  for (const line of result.story) console.log(line);
  console.log(
    `over at ${result.virtualMs.toFixed(3)} ms, ${result.steps} steps, ${result.calls} calls, ${result.failed} failed`,
  );
}

function tellFindings(seed: number, { findings }: RunResult, stray: readonly string[]): void {
  const lines = [
    ...findings.map(({ rule, atMs, callId, detail }) => {
      const call = callId === undefined ? "" : ` call ${callId}:`;
      return `${rule} at ${atMs.toFixed(3)} ms:${call} ${detail}`;
    }),
    ...stray,
  ];
  for (const line of lines.slice(0, findingsShown)) console.log(`seed ${seed}: ${line}`);
  if (lines.length > findingsShown) console.log(`seed ${seed}: and ${lines.length - findingsShown} more`);
  console.log(`seed ${seed}: see it with  npm run sim -- --seed ${seed} --explain`);
}

/**
 * `npm run sim`: searches random worlds for a broken invariant. Owns arguments, output and exit status: 0 nothing found,
 * 1 findings or gaps in the coverage, 2 usage mistakes.
 */

import { cellText, Coverage } from "./coverage.ts";
import { impossibleCells } from "./impossible-cells.ts";
import { parseOptions, type SearchOptions, usage } from "./options.ts";
import { planWorld } from "./plan-world.ts";
import { runPlan, type RunResult } from "./run-plan.ts";
import { shrinkPlan } from "./shrink-plan.ts";
import { callLines, findingLines, scheduleLines, storyBefore } from "./tell-world.ts";
import type { WorldPlan } from "./world-plan.ts";

/** How often a long search says where it is, in worlds. */
const progressEvery = 25;

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

/** True when nothing was found, and nothing left out that was to be covered. */
async function search(options: SearchOptions): Promise<boolean> {
  const { from, seeds, explain, untilFound, brief, minutes } = options;
  const total = { worlds: 0, calls: 0, failed: 0, faults: 0, findings: 0, badSeeds: 0 };
  const coverage = new Coverage();
  const before = process.cpuUsage();
  const endS = process.uptime() + minutes * 60;
  for (let i = 0; i < seeds && process.uptime() < endS; i++) {
    const plan = planWorld(from + i);
    const { result, stray } = await runWatched(plan, { story: explain, coverage });
    total.calls += result.calls;
    total.failed += result.failed;
    total.faults += plan.deeds.filter(({ atMs }) => atMs > 0).length;
    const findings = result.findings.length + stray.length;
    total.findings += findings;
    if (explain) tellStory(plan, result);
    if (findings > 0) {
      total.badSeeds++;
      for (const line of findingLines(plan.seed, result, stray)) console.log(line);
      // One small world is worth more than many large ones.
      if (!brief && total.badSeeds === 1) await tellSmaller(plan, result);
      console.log(`seed ${plan.seed}: see it with  npm run sim -- --seed ${plan.seed} --explain`);
    }
    total.worlds = i + 1;
    if (untilFound && total.findings > 0) break;
    if (!brief && total.worlds % progressEvery === 0 && total.worlds < seeds)
      console.log(`${total.worlds} of ${seeds} worlds, ${total.calls} calls, ${total.findings} findings`);
  }
  const covered = brief || seeds === 1 || tellCoverage(coverage, options);
  const { user, system } = process.cpuUsage(before);
  const cpuS = (user + system) / 1e6;
  console.log(
    `${total.worlds} worlds (seeds ${from} to ${from + total.worlds - 1}), ${total.calls} calls (${total.failed} failed as they may), ` +
      `${total.faults} faults, ${total.findings} findings in ${total.badSeeds} worlds; ` +
      `a world has ${average(total.calls)} calls and ${average(total.faults)} faults; ` +
      `${Math.round(total.calls / cpuS)} calls per CPU second, ${cpuS.toFixed(1)} s of CPU`,
  );
  return total.findings === 0 && covered;

  function average(sum: number): string {
    return (sum / Math.max(1, total.worlds)).toFixed(1);
  }
}

/** A run, and the rejections that nobody handled in it: they belong to the world that is running. */
async function runWatched(
  plan: WorldPlan,
  options: Parameters<typeof runPlan>[1],
): Promise<{ result: RunResult; stray: string[] }> {
  const stray: string[] = [];
  const note = (reason: unknown): void => {
    stray.push(`threw: unhandled rejection: ${reason instanceof Error ? reason.stack : String(reason)}`);
  };
  process.on("unhandledRejection", note);
  const result = await runPlan(plan, options);
  process.off("unhandledRejection", note);
  return { result, stray };
}

function tellStory(plan: WorldPlan, result: RunResult): void {
  for (const line of [...scheduleLines(plan), ...result.story]) console.log(line);
  console.log(
    `over at ${result.virtualMs.toFixed(3)} ms, ${result.steps} steps, ${result.calls} calls, ${result.failed} failed`,
  );
}

/** The smallest plan that breaks the same rule, and what happens in it. */
async function tellSmaller(plan: WorldPlan, { findings }: RunResult): Promise<void> {
  const rule = findings[0]?.rule;
  if (rule === undefined) return;
  const breaks = (result: RunResult): boolean => result.findings.some((each) => each.rule === rule);
  const small = await shrinkPlan(plan, async (smaller) => breaks((await runWatched(smaller, {})).result));
  const { result } = await runWatched(small, { story: true });
  console.log(
    `seed ${plan.seed}: ${rule} breaks with ${small.calls.length} of ${plan.calls.length} calls and ` +
      `${small.deeds.length} of ${plan.deeds.length} deeds, too:`,
  );
  for (const line of [...scheduleLines(small), ...callLines(small), ...storyBefore(result)]) console.log(line);
  for (const line of findingLines(plan.seed, result, [])) console.log(line);
}

/** True unless something that must be covered was not. */
function tellCoverage(coverage: Coverage, { full }: SearchOptions): boolean {
  for (const line of coverage.lines()) console.log(line);
  const empty = coverage.empty(impossibleCells);
  const wrong = coverage.possibleAfterAll(impossibleCells);
  for (const cell of wrong) console.log(`called impossible, and happened: ${cellText(cell)}`);
  if (full) for (const cell of empty) console.log(`never happened: ${cellText(cell)}`);
  console.log(`${empty.length} cells are empty, ${impossibleCells.length} groups of cells are impossible`);
  return !full || (empty.length === 0 && wrong.length === 0);
}

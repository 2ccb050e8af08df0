/** Owns the command line of `holdfast prove`. What it runs is the lab's; how it looks is `run-prove.ts`'s. */

import { type Command, InvalidArgumentError } from "commander";

export interface ProveFlags {
  readonly trials?: number;
  readonly seed: number;
  readonly clients?: readonly string[];
  readonly json?: true;
}

/** Seeds are what 32 bits hold. */
const seedLimit = 2 ** 32;
/** At twenty at once and half a second each, an arm of so many takes some minutes. */
const mostTrials = 10_000;

export function addProveCommand(program: Command, onStatus: (status: number) => void): void {
  program
    .command("prove")
    .summary("make a failure with real clients, try what is advised against it, and count")
    .description(
      "Make the failure of one entry with real clients on loopback, first with nothing done about it, then with every " +
        "workaround and dead end of the entry, trial by trial; then put the counts beside the published ones. A trial is " +
        "one channel with its calls in a world of its own. It survived if every call ended OK; executed twice and never " +
        "settled are counted beside it.\n\n" +
        "Exit status 0: counted, and nothing speaks against the published rates. 1: a rate does not agree (the 95 % " +
        "interval of the difference does not hold 0), or the run did not come to its end. 2: a mistake on the command line.",
    )
    .argument("<id>", "an entry with an experiment, such as tcp/fin-inflight")
    .option("--trials <n>", "of each client in each arm; default: what the experiment says", trialsOf)
    .option("--seed <n>", "chance of the run: the same seed draws the same", seedOf, 1)
    .option("--clients <names>", "only these, as in grpc-js,holdfast", (text: string) =>
      text.split(",").map((name) => name.trim()),
    )
    .option("--json", "one JSON object instead of bars and tables")
    .action(async (id: string, flags: ProveFlags, command: Command) => {
      const lab = await import("@holdfast/lab/experiment");
      const { runProve } = await import("./run-prove.ts");
      onStatus(await runProve(lab, id, flags, (message) => command.error(`error: ${message}`)));
    });
}

function trialsOf(text: string): number {
  return whole(text, 1, mostTrials);
}

function seedOf(text: string): number {
  return whole(text, 0, seedLimit - 1);
}

function whole(text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most.toLocaleString("en-US")}.`);
}

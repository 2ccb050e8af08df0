/**
 * Owns what every driver in Node does with its order: tell versions, say what the client cannot do, make the trials so many
 * at once, and print a line for each call that settles. What a client needs to make one call is the driver's own file's;
 * the order of calls in a trial is `run-trial.ts`'s.
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync } from "node:fs";
import type { ClientLine, ClientOrder } from "../experiment/client-order.ts";
import type { ClientSetup } from "../experiment/client-setup.ts";
import type { TrialCrash } from "./run-trial.ts";
import { runTrial } from "./run-trial.ts";
import type { TrialClient } from "./trial-client.ts";
import { Unsupported } from "./trial-client.ts";

/** Runs the order of the command line (`-`: of standard input) and exits. */
export async function driveTrials(client: TrialClient): Promise<void> {
  const order = readOrder();
  const crashes = new AsyncLocalStorage<TrialCrash>();
  // An application would be gone with all its calls. Here only the trial is: the others have nothing to do with it.
  process.on("uncaughtException", (error) => {
    process.stderr.write(`uncaught: ${error.stack ?? error.message}\n`);
    const crash = crashes.getStore();
    if (crash === undefined) process.exit(1);
    crash(error);
  });
  await print({ kind: "versions", versions: { ...client.versions, node: process.versions.node } });
  const refusal = refusalOf(client, order);
  if (refusal !== undefined) await print(refusal);
  else {
    await runAll(client, order, crashes);
    await print({ kind: "done" });
  }
  // A client may keep sockets and timers for as long as it likes; the run is over.
  process.exit(0);
}

function readOrder(): ClientOrder {
  const [, , argument = "null"] = process.argv;
  return JSON.parse(argument === "-" ? readFileSync(0, "utf8") : argument) as ClientOrder;
}

/** The first setting that the client does not have. */
function refusalOf(client: TrialClient, order: ClientOrder): ClientLine | undefined {
  for (const setting of Object.keys(order.setup) as (keyof ClientSetup)[]) {
    const why = client.cannot[setting];
    if (why !== undefined) return { kind: "unsupported", setting, why };
  }
  const [first] = order.trials;
  if (first === undefined) return undefined;
  try {
    // A channel connects with its first call, so that nobody hears of this one.
    void client.open(first, order).close();
  } catch (error) {
    if (error instanceof Unsupported) return { kind: "unsupported", setting: error.setting, why: error.message };
    // What the client throws at its construction is how each trial fails.
  }
  return undefined;
}

async function runAll(client: TrialClient, order: ClientOrder, crashes: AsyncLocalStorage<TrialCrash>): Promise<void> {
  const waiting = [...order.trials];
  const worker = async (): Promise<void> => {
    for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
      await runTrial(client, order, trial, { print, within: (crash, run) => crashes.run(crash, run) });
    }
  };
  await Promise.all(Array.from({ length: Math.min(order.atOnce, order.trials.length) }, worker));
}

/** Settles when the line has been handed over, so that an exit after it loses nothing. */
function print(line: ClientLine): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve()));
}

#!/usr/bin/env node
/** The program behind the `holdfast` command. The command itself is `command.ts`; plain `explain` goes without it. */

import { exitStatus } from "./exit-status.ts";
import { OutputError } from "./explain/write-out.ts";

process.exitCode = await run(process.argv.slice(2)).catch(failed);

async function run([name, ...rest]: readonly string[]): Promise<number> {
  if (name === "explain") {
    const { explainAtOnce } = await import("./explain/explain-at-once.ts");
    const status = await explainAtOnce(rest);
    if (status !== undefined) return status;
  }
  const { runCommand } = await import("./command.ts");
  return runCommand(process.argv.slice(2));
}

/** Anything else is a defect of ours, and Node says where. */
function failed(error: unknown): number {
  if (!(error instanceof OutputError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  return exitStatus.mistake;
}

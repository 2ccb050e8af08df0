#!/usr/bin/env node
/**
 * The program behind the `holdfast` command. The command itself is `command.ts`; plain `explain` goes without it, as one
 * module that the build makes. Each module that is loaded here is loaded at every start.
 */

process.exitCode = await run(process.argv.slice(2)).catch(failed);

async function run([name, ...rest]: readonly string[]): Promise<number> {
  if (name === "explain") {
    const { explainAtOnce } = await import("#explain-at-once");
    const status = await explainAtOnce(rest);
    if (status !== undefined) return status;
  }
  const { runCommand } = await import("./command.ts");
  return runCommand(process.argv.slice(2));
}

/** Anything else is a defect of ours, and Node says where. */
async function failed(error: unknown): Promise<number> {
  const { OutputError } = await import("./explain/write-out.ts");
  if (!(error instanceof OutputError)) throw error;
  const { exitStatus } = await import("./exit-status.ts");
  process.stderr.write(`error: ${error.message}\n`);
  return exitStatus.mistake;
}

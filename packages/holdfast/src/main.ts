#!/usr/bin/env node
/** The program behind the `holdfast` command. The command itself is `command.ts`; plain `explain` goes without it. */

process.exitCode = await run(process.argv.slice(2));

async function run([name, ...rest]: readonly string[]): Promise<number> {
  if (name === "explain") {
    const { explainAtOnce } = await import("./explain/explain-at-once.ts");
    const status = await explainAtOnce(rest);
    if (status !== undefined) return status;
  }
  const { runCommand } = await import("./command.ts");
  return runCommand(process.argv.slice(2));
}

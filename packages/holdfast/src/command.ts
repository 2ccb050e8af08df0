/** Owns the command line of `holdfast`: which commands there are and what a mistake gets. Decides nothing itself. */

import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { addDemoCommand } from "./demo/demo-command.ts";
import { exitStatus } from "./exit-status.ts";

interface PackageFile {
  readonly version: string;
  readonly description: string;
}

/** Runs one command line without the program's name; resolves with the exit status. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const about = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as PackageFile;
  let status: number = exitStatus.fine;
  const program = new Command("holdfast")
    .description(about.description)
    .version(about.version)
    .showHelpAfterError("(holdfast help, or holdfast help <command>, says what can be said)")
    .exitOverride();
  addDemoCommand(program, (demoStatus) => (status = demoStatus));
  if (args.length === 0) {
    // A bare `holdfast` is a question, not a mistake.
    program.outputHelp();
    return status;
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    // Commander has printed it: help and versions end with 0, everything else is a mistake of the caller.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.fine : exitStatus.mistake;
    throw error;
  }
}

/** Owns the command line of `holdfast`: which commands there are and what a mistake gets. Decides nothing itself. */

import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { plainLines } from "./catalog/plain-line.ts";
import { exitStatus } from "./exit-status.ts";
import { mistakeHint } from "./mistake-hint.ts";

interface PackageFile {
  readonly version: string;
  readonly description: string;
}

type AddCommand = (program: Command, onStatus: (status: number) => void) => void;

/** Each command is loaded only when it is the one that runs, or when all are to be listed. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  explain: async () => (await import("./explain/explain-command.ts")).addExplainCommand,
  show: async () => (await import("./catalog/show-command.ts")).addShowCommand,
  list: async () => (await import("./catalog/list-command.ts")).addListCommand,
  search: async () => (await import("./catalog/search-command.ts")).addSearchCommand,
  web: async () => (await import("./web/web-command.ts")).addWebCommand,
  site: async () => (await import("./web/site-command.ts")).addSiteCommand,
  settings: async () => (await import("./settings/settings-command.ts")).addSettingsCommand,
  prove: async () => (await import("./prove/prove-command.ts")).addProveCommand,
  demo: async () => (await import("./demo/demo-command.ts")).addDemoCommand,
  diagnose: async () => (await import("./diagnose/diagnose-command.ts")).addDiagnoseCommand,
  fault: async () => (await import("./fault/fault-command.ts")).addFaultCommand,
  tap: async () => (await import("./tap/tap-command.ts")).addTapCommand,
  mcp: async () => (await import("./mcp/mcp-command.ts")).addMcpCommand,
};

/** Runs one command line without the program's name; resolves with the exit status. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const about = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as PackageFile;
  let status: number = exitStatus.fine;
  const program = new Command("holdfast")
    .description(about.description)
    .version(about.version)
    .showHelpAfterError(mistakeHint())
    .configureOutput({ writeErr: (text) => process.stderr.write(plainLines(text)) })
    .exitOverride();
  for (const load of commandsFor(args[0])) (await load())(program, (ended) => (status = ended));
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

function commandsFor(first: string | undefined): readonly (() => Promise<AddCommand>)[] {
  const wanted = first !== undefined && Object.hasOwn(commands, first) ? commands[first] : undefined;
  return wanted === undefined ? Object.values(commands) : [wanted];
}

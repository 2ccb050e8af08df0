#!/usr/bin/env node
/** The `holdfast` command: reads the arguments and hands over to one command. Decides nothing itself. */
import { readFileSync } from "node:fs";
import { Command } from "commander";

interface PackageFile {
  readonly version: string;
  readonly description: string;
}

const about = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as PackageFile;

await new Command("holdfast")
  .description(about.description)
  .version(about.version)
  // A bare `holdfast` is a question, not a mistake.
  .action((_options, command: Command) => command.help())
  .parseAsync();

/** Owns the command line of `holdfast search`. */

import type { Language } from "@holdfast/catalog";
import { Option, type Command } from "commander";
import { ownCatalogOption } from "./catalog-options.ts";

export interface SearchFlags {
  readonly json?: true;
  readonly lang?: Language;
  readonly catalog?: string;
}

export function addSearchCommand(program: Command, onStatus: (status: number) => void): void {
  program
    .command("search")
    .summary("find entries by words, English or Chinese")
    .description(
      "Find entries by words in titles, texts of programs, causes, steps and tags, in English and Chinese. For an error " +
        "that you have in hand, `holdfast explain` says more.\n\n" +
        "Exit status 0: found. 1: nothing found. 2: a mistake on the command line, or a folder of records that cannot be used.",
    )
    .argument("<words...>", "what to look for")
    .option("--json", "print one JSON array")
    .addOption(
      new Option("--lang <language>", "language of the answer (default: that of the words)").choices(["en", "zh"]),
    )
    .addOption(ownCatalogOption())
    .action(async (words: string[], flags: SearchFlags, command: Command) => {
      const { runSearch } = await import("./run-search.ts");
      onStatus(await runSearch(words.join(" "), flags, (message) => command.error(`error: ${message}`)));
    });
}

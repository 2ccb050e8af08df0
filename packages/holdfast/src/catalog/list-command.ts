/** Owns the command line of `holdfast list`. */

import type { Language } from "@holdfast/catalog";
import type { Command } from "commander";
import { languageOption, ownCatalogOption } from "./catalog-options.ts";

export interface ListFlags {
  readonly domain?: string;
  readonly category?: string;
  readonly tag?: string;
  readonly implementation?: string;
  readonly json?: true;
  readonly lang: Language;
  readonly catalog?: string;
}

export function addListCommand(program: Command, onStatus: (status: number) => void): void {
  program
    .command("list")
    .summary("list the entries of the catalog")
    .description(
      "List the entries of the catalog, all or those that fit every filter given.\n\n" +
        "Exit status 0: listed. 1: none fits. 2: a mistake on the command line, or a folder of records that cannot be used.",
    )
    .option("--domain <name>", "the first part of the id, such as grpc, nginx, k8s")
    .option("--category <name>", "such as timeout, shutdown, configuration")
    .option("--tag <name>", "such as goaway, drain")
    .option("--implementation <name>", "entries with a text of this program, such as grpc-js, envoy")
    .option("--json", "print one JSON array")
    .addOption(languageOption())
    .addOption(ownCatalogOption())
    .action(async (flags: ListFlags, command: Command) => {
      const { runList } = await import("./run-list.ts");
      onStatus(await runList(flags, (message) => command.error(`error: ${message}`)));
    });
}

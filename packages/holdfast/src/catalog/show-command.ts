/** Owns the command line of `holdfast show`. */

import type { Language } from "@holdfast/catalog";
import { Option, type Command } from "commander";
import { languageOption, ownCatalogOption } from "./catalog-options.ts";

export interface ShowFlags {
  readonly format: "text" | "json" | "md" | "html";
  readonly lang: Language;
  readonly catalog?: string;
}

export function addShowCommand(program: Command, onStatus: (status: number) => void): void {
  program
    .command("show")
    .summary("print one entry of the catalog, whole")
    .description(
      "Print one entry of the catalog: what happened, what helps and what does not, the text of every program, the " +
        "sources of each claim.\n\nExit status 0: shown. 1: no entry has that id. 2: a mistake on the command line, or a " +
        "folder of records that cannot be used.",
    )
    .argument("<id>", "an id or an alias, such as grpc/goaway-unprocessed-stream")
    .addOption(
      new Option("--format <format>", "how to print it").choices(["text", "json", "md", "html"]).default("text"),
    )
    .addOption(languageOption())
    .addOption(ownCatalogOption())
    .action(async (id: string, flags: ShowFlags, command: Command) => {
      const { runShow } = await import("./run-show.ts");
      onStatus(await runShow(id, flags, (message) => command.error(`error: ${message}`)));
    });
}

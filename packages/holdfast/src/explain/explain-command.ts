/** Owns the command line of `holdfast explain`. What a text means is the catalog's; how it looks is the faces'. */

import type { Language } from "@holdfast/catalog";
import { Option, type Command } from "commander";
import { ownCatalogOption } from "../catalog/catalog-options.ts";

export interface ExplainFlags {
  readonly file?: string;
  readonly answer: readonly string[];
  readonly cause?: string;
  readonly full?: true;
  readonly lang: Language;
  readonly markdown?: true;
  readonly json?: true;
  readonly catalog?: string;
}

export function addExplainCommand(program: Command, onStatus: (status: number) => void): void {
  program
    .command("explain")
    .summary("say what an error means: paste it, name a file, or pipe a log")
    .description(
      "Say what an error of gRPC or HTTP/2 means: who closed what, whether the call ran and may be sent again, what " +
        "helps and what does not. Takes an error text, a stack trace or a whole log, from arguments, a file or a pipe. " +
        "Nothing leaves the machine; secrets are masked in what is printed.\n\n" +
        "Exit status 0: at least one failure is known. 1: none is. 2: a mistake on the command line, or an input that " +
        "cannot be read.",
    )
    .argument("[text...]", "the error, best in quotes; the name of a file is read; - is standard input")
    .option("-f, --file <path>", "read a file, or standard input for -")
    .addOption(
      new Option("--answer <[question=]answer>", "answer a question that was asked; may be given several times")
        .argParser((value: string, before: readonly string[] = []) => [...before, value])
        .default([], "none"),
    )
    .option("--cause <name>", 'list the texts of a popular cause, such as "idle timeout"')
    .option("--full", "print everything that is known")
    .addOption(new Option("--lang <language>", "language of the answer").choices(["en", "zh"]).default("en"))
    .addOption(new Option("--markdown", "print Markdown").conflicts("json"))
    .option("--json", "print one JSON object")
    .addOption(ownCatalogOption())
    .action(async (words: string[], flags: ExplainFlags, command: Command) => {
      const { runExplain } = await import("./run-explain.ts");
      onStatus(await runExplain(words, flags, (message) => command.error(`error: ${message}`)));
    });
}

/** Owns the command line of `holdfast explain`. What a text means is the catalog's; how it looks is the faces'. */

import { Option, type Command } from "commander";
import { explainDefaults, explainOptions, type ExplainFlags, type ExplainOption } from "./explain-options.ts";

export function addExplainCommand(program: Command, onStatus: (status: number) => void): void {
  const command = program
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
    .action(async (words: string[], flags: ExplainFlags) => {
      const { runExplain } = await import("./run-explain.ts");
      onStatus(await runExplain(words, flags, (message) => command.error(`error: ${message}`)));
    });
  for (const option of explainOptions) command.addOption(commanderOption(option));
}

function commanderOption({ name, short, value, says, choices, conflicts, isList }: ExplainOption): Option {
  const names = short === undefined ? `--${name}` : `-${short}, --${name}`;
  const option = new Option(value === undefined ? names : `${names} <${value}>`, says);
  if (choices !== undefined) option.choices(choices);
  if (conflicts !== undefined) option.conflicts(conflicts);
  if (isList === true) option.argParser((given: string, before: readonly string[] = []) => [...before, given]);
  if (name === "answer") option.default(explainDefaults.answer, "none");
  if (name === "lang") option.default(explainDefaults.lang);
  return option;
}

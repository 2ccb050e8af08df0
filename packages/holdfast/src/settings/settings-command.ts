/** Owns the command line of `holdfast settings`: an option for each fact, and what is printed. */

import { type FactName, type Question, questions } from "@holdfast/path/facts";
import type { Command } from "commander";
import { Option } from "commander";

export type SettingsFlags = { readonly [Name in FactName as Camel<Name>]?: string } & {
  readonly for?: string;
  readonly out?: string;
  readonly json?: true;
  readonly asIn?: "article";
};

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

export function addSettingsCommand(program: Command, onStatus: (status: number) => void): void {
  const command = program
    .command("settings")
    .summary("configurations for every hop of a path, which agree with each other")
    .description(
      "Print complete, commented configurations for every hop of a path, which agree with each other: clients and " +
        "servers in Go, Python, Java and Node, nginx, Envoy, HAProxy, AWS ALB and NLB, Kubernetes. On a terminal, and " +
        "without options, it asks for the few facts that they follow from.\n\n" +
        "Exit status 0: printed. 1: the settings of --as-in contradict each other. 2: a mistake on the command line, or " +
        "a folder that cannot be written.",
    );
  for (const { fact, takes, ask, why, otherwise } of questions satisfies readonly Question[])
    command.addOption(new Option(`--${fact} ${takes}`, `${ask} ${why} (default: ${otherwise})`));
  command
    .option("--for <hop>", "print the file of one hop alone; without --hops, of a path through it")
    .option("--out <folder>", "write a file for each hop into this folder, which is made")
    .addOption(
      new Option("--as-in <text>", "instead: the settings of a text, and what is wrong with each").choices(["article"]),
    )
    .option("--json", "print one JSON object")
    .allowExcessArguments(false)
    .action(async (flags: SettingsFlags, self: Command) => {
      const { runSettings } = await import("./run-settings.ts");
      onStatus(await runSettings(flags, (message) => self.error(`error: ${message}`)));
    });
}

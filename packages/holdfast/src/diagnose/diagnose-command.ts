/** Owns the command line of `holdfast diagnose`. What is found is the probe's to say; how it is shown is `run-diagnose.ts`'s. */

import { InvalidArgumentError, Option, type Command } from "commander";
import { parseDuration } from "../demo/duration.ts";
import { addMeasureOptions, measureMistake, type MeasureFlags } from "./measure-options.ts";

export interface DiagnoseFlags extends MeasureFlags {
  readonly service?: string;
  readonly insecure?: true;
  readonly tls?: true;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly authority?: string;
  readonly resolve?: string;
  readonly timeout: number;
  readonly json?: true;
  readonly report?: string;
}

/** How long one answer may take, ms: a person waits so long, and a healthy server needs a hundredth of it. */
const defaultTimeoutMs = 5_000;
const maxTimeoutMs = 120_000; // two minutes, for each answer

export function addDiagnoseCommand(program: Command, onStatus: (status: number) => void): void {
  const command = program
    .command("diagnose")
    .summary("look at a gRPC server layer by layer, and say what is wrong")
    .description(
      "Look at a gRPC server from outside, in seven steps: DNS, TCP, TLS, HTTP/2, gRPC health, services, and the first " +
        "frames both ways; and measure it, when asked to. It sends nothing that changes state: connections, PINGs, and calls of health and reflection.\n\n" +
        "Exit status 0: all is well. 1: something was found. 2: a mistake on the command line, or a file that cannot be " +
        "read or written.",
    )
    .argument("<target>", "HOST:PORT, [IPV6]:PORT, or HOST")
    .argument("[port]", "the port, when it is not part of the target")
    .option("--service <name>", "whose health is asked; default: the whole server's")
    .addOption(
      new Option("--insecure", "plain text; default: what the port speaks").conflicts(["tls", "ca", "cert", "key"]),
    )
    .option("--tls", "TLS; default: what the port speaks")
    .option("--ca <file>", "trusted authorities, PEM; default: those of Node")
    .option("--cert <file>", "our own certificate, PEM, for servers that want one")
    .option("--key <file>", "its key, PEM")
    .option("--authority <name>", ":authority of the calls, and the name that TLS asks for")
    .option("--resolve <host:ip>", "use this address in place of what the name resolves to; the address alone will do")
    .addOption(
      new Option("--timeout <duration>", "how long one answer may take")
        .default(defaultTimeoutMs, "5s")
        .argParser(readTimeout),
    )
    .option("--json", "print one JSON object")
    .option("--report <file>", "write the report as a page of HTML, for a ticket")
    .allowExcessArguments(false);
  addMeasureOptions(command).action(
    async (target: string, port: string | undefined, flags: DiagnoseFlags, command: Command) => {
      const mistake = measureMistake(flags);
      if (mistake !== undefined) command.error(`error: ${mistake}`);
      const { runDiagnose } = await import("./run-diagnose.ts");
      onStatus(await runDiagnose(target, port, flags, (message) => command.error(`error: ${message}`)));
    },
  );
}

function readTimeout(text: string): number {
  const timeoutMs = parseDuration(text);
  if (timeoutMs === undefined) throw new InvalidArgumentError("Expected a number and a unit: 500ms, 5s or 1m.");
  if (timeoutMs < 10) throw new InvalidArgumentError("Expected at least 10ms.");
  if (timeoutMs > maxTimeoutMs) throw new InvalidArgumentError("Expected at most 2m.");
  return timeoutMs;
}

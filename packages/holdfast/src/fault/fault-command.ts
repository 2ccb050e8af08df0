/** Owns the command line of `holdfast fault`: an option for each fault, out of the lab's table. What it does is the lab's. */

import { faultTable } from "@holdfast/lab/fault";
import { type Command, InvalidArgumentError, Option } from "commander";
import { parseDuration } from "../demo/duration.ts";
import { type ChosenFault, readFault } from "./read-fault.ts";

export interface FaultFlags {
  readonly listen: string;
  readonly to?: string;
  readonly list?: true;
  readonly anyAddress?: true;
  readonly tls?: true;
  readonly listenTls?: true;
  readonly toTls?: true;
  readonly saveCa?: string;
  readonly ca?: string;
  readonly serverName?: string;
  readonly insecure?: true;
  readonly seed: number;
  readonly json?: true;
  readonly for?: number;
}

export function addFaultCommand(program: Command, onStatus: (status: number) => void): void {
  /** In the order of the command line, which is the order in which frames and octets pass them. */
  const chosen: ChosenFault[] = [];
  const command = program
    .command("fault")
    .summary("stand between a client and a server, and let connections go wrong on purpose")
    .description(
      "Listen, join each connection with one to the server, and do to it what the faults say. Everything else goes on as " +
        "it came. Settings stand behind a fault with commas between them: --goaway after=97,code=11. Several faults act " +
        "together; --list shows all of them with their settings.\n\n" +
        "Exit status 0: it was stopped (Ctrl-C, --for). 2: a mistake on the command line, or an address that cannot be " +
        "listened on.",
    )
    .option("--list", "show every fault with its settings, units and defaults, and end")
    .option("--listen <host:port>", "where clients come to; port 0 takes any that is free", "127.0.0.1:0")
    .option("--to <host:port>", "the server")
    .option("--any-address", "let --listen be an address that others than this machine reach")
    .option("--tls", "TLS on both sides: --listen-tls and --to-tls")
    .option("--listen-tls", "TLS with clients, with a certificate that is made now")
    .option("--to-tls", "TLS with the server")
    .option("--save-ca <file>", "write the authority that clients have to trust, PEM; default: print it")
    .option("--ca <file>", "authorities that the server is checked against, PEM; default: those of Node")
    .option("--server-name <name>", "name that the server's certificate must have; default: that of --to")
    .option("--insecure", "take any certificate of the server")
    .addOption(
      new Option("--seed <number>", "of all chance: the same seed draws the same").default(1).argParser(readSeed),
    )
    .option("--json", "print one JSON object a line")
    .option("--for <duration>", "stop after 30s, 5m, 2h", readDuration)
    .allowExcessArguments(false);
  for (const facts of faultTable) {
    const option = new Option(`--${facts.id} [settings]`, lowered(facts.says));
    command.addOption(
      option.preset("").argParser((text) => {
        const read = readFault(facts, text);
        if (read.kind === "mistake") throw new InvalidArgumentError(read.message);
        chosen.push(read);
        return text;
      }),
    );
  }
  command.action(async (flags: FaultFlags, self: Command) => {
    const { runFault } = await import("./run-fault.ts");
    onStatus(await runFault(flags, chosen, (message) => self.error(`error: ${message}`)));
  });
}

/** As commander's other lines: no capital, no full stop. */
function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, "")}`;
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (/^\d{1,10}$/.test(text) && seed <= 0xffff_ffff) return seed;
  throw new InvalidArgumentError("Expected a whole number from 0 to 4294967295.");
}

function readDuration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === undefined) throw new InvalidArgumentError("Expected a number and a unit: 500ms, 30s, 2m or 1h.");
  if (durationMs < 1) throw new InvalidArgumentError("Expected at least 1ms.");
  if (durationMs > 86_400_000) throw new InvalidArgumentError("Expected at most 24h."); // a day of 86,400 s
  return durationMs;
}

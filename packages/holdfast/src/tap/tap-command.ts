/** Owns the command line of `holdfast tap`. What it does is the probe's; how it looks is `run-tap.ts`'s. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { parseDuration } from "../demo/duration.ts";

export interface TapFlags {
  readonly listen: string;
  readonly to: string;
  readonly tls?: true;
  readonly listenTls?: true;
  readonly toTls?: true;
  readonly cert?: string;
  readonly key?: string;
  readonly saveCa?: string;
  readonly ca?: string;
  readonly serverName?: string;
  readonly insecure?: true;
  readonly connection?: readonly number[];
  readonly stream?: readonly number[];
  readonly type?: readonly string[];
  readonly path?: string;
  readonly onlyEnds?: true;
  readonly json?: true;
  readonly capture?: string;
  readonly maxConnections: number;
  readonly for?: number;
}

const defaultMaxConnections = 1_000; // each holds at most some 600 KiB
const mostConnections = 100_000; // more than a process may have open
/** RFC 9113 §6. */
const frameTypes = [
  ...["DATA", "HEADERS", "PRIORITY", "RST_STREAM", "SETTINGS", "PUSH_PROMISE", "PING", "GOAWAY", "WINDOW_UPDATE"],
  "CONTINUATION",
];

export function addTapCommand(program: Command, onStatus: (status: number) => void): void {
  program
    .command("tap")
    .summary("stand between a client and a server, and show every frame and every end")
    .description(
      "Listen, join each connection with one to the server, and show what passes: every HTTP/2 frame decoded, and for " +
        "each connection who ended it, in what order, with the last frames. No byte is changed; a slow side slows the " +
        "other; FIN and RST go on as they came. Values that may be secret are masked, bodies are never shown.\n\n" +
        "Exit status 0: it was stopped (Ctrl-C, --for). 2: a mistake on the command line, or an address that cannot be " +
        "listened on.",
    )
    .requiredOption("--listen <host:port>", "where clients come to; port 0 takes any that is free")
    .requiredOption("--to <host:port>", "the server; a name is looked up anew for each connection")
    .option("--tls", "TLS on both sides: --listen-tls and --to-tls")
    .option("--listen-tls", "TLS with clients, with a certificate that is made now (or --cert and --key)")
    .option("--to-tls", "TLS with the server")
    .option("--save-ca <file>", "write the authority that clients have to trust, PEM; default: print it")
    .option("--cert <file>", "show clients this certificate, PEM")
    .option("--key <file>", "its key, PEM")
    .option("--ca <file>", "authorities that the server is checked against, PEM; default: those of Node")
    .option("--server-name <name>", "name that the server's certificate must have; default: that of --to")
    .option("--insecure", "take any certificate of the server")
    .option("--connection <numbers>", "only these connections: 3, or 3,4", readNumbers)
    .option("--stream <numbers>", "only frames of these streams; 0 is the connection's own", readNumbers)
    .option("--type <names>", "only frames of these types: goaway,rst_stream", readTypes)
    .option("--path <prefix>", "only frames of streams whose :path begins so: /shop.Shop/")
    .option("--only-ends", "no frames: how each connection ended")
    .option("--json", "print one JSON object a line")
    .option("--capture <file>", "also write a pcap file for Wireshark: plain text, also where TLS is spoken")
    .addOption(
      new Option("--max-connections <number>", "connections at once; further ones are turned away")
        .default(defaultMaxConnections)
        .argParser(readCount),
    )
    .option("--for <duration>", "stop after 30s, 5m, 2h", readDuration)
    .allowExcessArguments(false)
    .action(async (flags: TapFlags, command: Command) => {
      const { runTap } = await import("./run-tap.ts");
      onStatus(await runTap(flags, (message) => command.error(`error: ${message}`)));
    });
}

function readNumbers(text: string): readonly number[] {
  const numbers = text.split(",").map((part) => (/^\d{1,10}$/.test(part.trim()) ? Number(part) : undefined));
  if (!numbers.every((each) => each !== undefined)) {
    throw new InvalidArgumentError("Expected whole numbers with commas between them, such as 3 or 3,5.");
  }
  return numbers;
}

function readTypes(text: string): readonly string[] {
  return text.split(",").map((part) => {
    const name = part.trim().toUpperCase().replaceAll("-", "_");
    if (frameTypes.includes(name)) return name;
    if (/^0X[0-9A-F]{1,2}$/.test(name)) return `0x${Number(name).toString(16)}`;
    throw new InvalidArgumentError(
      `Expected some of ${frameTypes.join(", ").toLowerCase()}, or a number such as 0x1f.`,
    );
  });
}

function readCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= mostConnections) return count;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${mostConnections}.`);
}

function readDuration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === undefined) throw new InvalidArgumentError("Expected a number and a unit: 500ms, 30s, 2m or 1h.");
  if (durationMs < 1) throw new InvalidArgumentError("Expected at least 1ms.");
  if (durationMs > 86_400_000) throw new InvalidArgumentError("Expected at most 24h."); // a day of 86,400 s
  return durationMs;
}

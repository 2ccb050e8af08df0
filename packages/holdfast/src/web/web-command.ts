/** Owns the command line of `holdfast web`. What it serves is `create-app.ts`'s. */

import { InvalidArgumentError, type Command } from "commander";
import { ownCatalogOption } from "../catalog/catalog-options.ts";
import { exitStatus } from "../exit-status.ts";

interface WebFlags {
  readonly port: number;
  readonly host: string;
  readonly name: readonly string[];
  readonly live?: true;
  readonly catalog?: string;
}

const defaultPort = 4_270; // free in IANA's list, and easy to remember: 42 and 70
const maxPort = 65_535; // 16 bits

export function addWebCommand(program: Command, onStatus: (status: number) => void): void {
  program
    .command("web")
    .summary("open the catalog in a browser: paste an error, get the answer")
    .description(
      "Serve the catalog as a web site and an API on this machine: paste an error, read entries, search, look at the " +
        "graph of causes. Errors are explained in the browser; nothing leaves the machine. Ctrl-C stops it.\n\n" +
        "Exit status 0: it was stopped. 2: a mistake on the command line, or an address that cannot be listened on.",
    )
    .option("--port <number>", "port to listen on; 0 takes any that is free", readPort, defaultPort)
    .option(
      "--host <address>",
      "address to listen on; others than this machine reach it only if you say so",
      "127.0.0.1",
    )
    .option("--name <name>", "name by which others may call it with --host; may be given several times", addName, [])
    .option("--live", "offer the live demo, which starts processes, also to those who reach --host")
    .addOption(ownCatalogOption())
    .allowExcessArguments(false)
    .action(async ({ port, host, name, live, catalog }: WebFlags, command: Command) => {
      const { runWeb } = await import("./run-web.ts");
      const setting = {
        port,
        host,
        names: name,
        hasLive: live === true,
        ...(catalog === undefined ? {} : { catalog }),
      };
      await runWeb(setting, (message) => command.error(`error: ${message}`));
      onStatus(exitStatus.fine);
    });
}

function addName(name: string, before: readonly string[]): readonly string[] {
  return [...before, name];
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= maxPort) return port;
  throw new InvalidArgumentError(`Expected a whole number from 0 to ${maxPort}.`);
}

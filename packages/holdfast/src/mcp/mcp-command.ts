/** Owns the command line of `holdfast mcp`. */

import { InvalidArgumentError, type Command } from "commander";
import { ownCatalogOption } from "../catalog/catalog-options.ts";

/** Not registered for anything, and below the ports that systems hand out by themselves. */
const defaultPort = 7_673;
const maxPort = 65_535; // 16 bits of TCP

interface McpFlags {
  readonly http?: number | true;
  readonly catalog?: string;
}

export function addMcpCommand(program: Command, onStatus: (status: number) => void): void {
  program
    .command("mcp")
    .summary("serve the catalog to an AI agent (Model Context Protocol)")
    .description(
      "Serve the catalog over the Model Context Protocol: explain_error, answer_question, get_entry, search_entries, " +
        "list_entries, and every entry as a resource. Speaks on standard input and output until the input ends; with " +
        "--http, on the loopback address only, until Ctrl-C. Nothing leaves the machine.\n\n" +
        'A client is told to run it: { "command": "npx", "args": ["holdfast", "mcp"] }\n\n' +
        "Exit status 0: it has served. 2: a mistake on the command line, a folder that cannot be read, or a port that cannot be had.",
    )
    .option(
      "--http [port]",
      `serve streamable HTTP at /mcp; 0 takes any free port (default port: ${defaultPort})`,
      readPort,
    )
    .addOption(ownCatalogOption())
    .action(async ({ http, catalog }: McpFlags, command: Command) => {
      const { runMcpHttp, runMcpStdio } = await import("./run-mcp.ts");
      const fail = (message: string): never => command.error(`error: ${message}`);
      onStatus(
        http === undefined
          ? await runMcpStdio(catalog, fail)
          : await runMcpHttp(http === true ? defaultPort : http, catalog, fail),
      );
    });
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= maxPort) return Number(text);
  throw new InvalidArgumentError(`Expected a port from 0 to ${maxPort}.`);
}

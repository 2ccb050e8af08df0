/** Owns the command line of `holdfast demo`. What it does is the lab's; how it looks is `show-demo.ts`'s. */

import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { ClientName, DemoPlan, KillStyle, ServerKind } from "@holdfast/lab/demo";
import { parseDuration, secondsText } from "./duration.ts";
import { defaults } from "./demo-defaults.ts";
import { showDemo } from "./show-demo.ts";

interface DemoFlags {
  readonly for: number;
  readonly rate: number;
  readonly seed?: number;
  readonly kill: KillStyle;
  readonly server: ServerKind;
  readonly tls?: true;
  readonly without?: Exclude<ClientName, "holdfast">;
  readonly json?: true;
}

/** Seeds are what 32 bits hold. */
const seedLimit = 2 ** 32;
/** One that nobody asked for is short, to be typed again. */
const drawnSeeds = 1_000_000; // six digits
/** More than this keeps two cores busy with the clients' own work, and then the numbers say nothing about restarts. */
const maxRatePerS = 2_000;

export function addDemoCommand(program: Command, onStatus: (status: number) => void): void {
  program
    .command("demo")
    .summary("watch calls survive servers that are restarted under them")
    .description(
      "Watch calls survive servers that are restarted under them: three backend processes on loopback, one restarted " +
        "every 2 s, and two client processes under the same load, Holdfast and @grpc/grpc-js.\n\n" +
        "Exit status 0: of Holdfast's calls no Read failed, no Write ran twice, none is unsettled, no Write failed " +
        "though it was provably not processed, and no evidence lied. 1: otherwise. 2: a mistake on the command line.",
    )
    .addOption(
      new Option("--for <duration>", "how long calls arrive, such as 30s or 2m")
        .default(defaults.forMs, secondsText(defaults.forMs).replace(" ", ""))
        .argParser(readDuration),
    )
    .addOption(
      new Option("--rate <calls>", "calls a second, for each client").default(defaults.ratePerS).argParser(readRate),
    )
    .addOption(
      new Option("--seed <number>", "makes arrivals and handler times those of another run").argParser(readSeed),
    )
    .addOption(
      new Option("--kill <how>", "how backends go: SIGTERM lets them drain, SIGKILL does not, mixed takes turns")
        .choices(["term", "kill", "mixed"] satisfies KillStyle[])
        .default("mixed" satisfies KillStyle),
    )
    .addOption(
      new Option("--server <kind>", "who serves (grpcio: gRPC C core, where Python has it)")
        .choices(["holdfast", "grpc-js", "grpcio"] satisfies ServerKind[])
        .default("holdfast" satisfies ServerKind),
    )
    .option("--tls", "encrypt, with a fresh certificate")
    .addOption(new Option("--without <client>", "leave a client out").choices(["grpc-js"] satisfies ClientName[]))
    .option("--json", "print one JSON object at the end instead of a screen")
    .allowExcessArguments(false)
    .action(async (flags: DemoFlags, command: Command) => {
      const lab = await import("@holdfast/lab/demo");
      const why = flags.server === "grpcio" ? lab.whyNoGrpcio() : undefined;
      if (why !== undefined) command.error(`error: --server grpcio cannot serve here: ${why}`);
      onStatus(await showDemo(lab, planOf(flags), flags.json === true));
    });
}

function planOf(flags: DemoFlags): DemoPlan {
  return {
    server: flags.server,
    kill: flags.kill,
    tls: flags.tls === true,
    clients: flags.without === "grpc-js" ? ["holdfast"] : ["holdfast", "grpc-js"],
    forMs: flags.for,
    ratePerS: flags.rate,
    seed: flags.seed ?? Math.floor(Math.random() * drawnSeeds),
  };
}

function readDuration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === undefined) throw new InvalidArgumentError("Expected a number and a unit: 500ms, 30s, 2m or 1h.");
  if (durationMs < 1_000) throw new InvalidArgumentError("Expected at least 1s.");
  if (durationMs > 3_600_000) throw new InvalidArgumentError("Expected at most 1h.");
  return durationMs;
}

function readRate(text: string): number {
  const rate = Number(text);
  if (Number.isInteger(rate) && rate >= 1 && rate <= maxRatePerS) return rate;
  throw new InvalidArgumentError(`Expected a whole number of calls a second from 1 to ${maxRatePerS}.`);
}

function readSeed(text: string): number {
  if (/^\d+$/.test(text) && Number(text) < seedLimit) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number from 0 to ${seedLimit - 1}.`);
}

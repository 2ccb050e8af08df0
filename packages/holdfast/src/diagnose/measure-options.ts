/** Owns the options of `holdfast diagnose` that measure. What they mean is the probe's; `measure-run.ts` acts on them. */

import { InvalidArgumentError, Option, type Command } from "commander";
import { defaultForMs, leastForMs, type MeasureId, measureIds } from "@holdfast/probe/measure-contract";
import { parseDuration } from "../demo/duration.ts";

export interface MeasureFlags {
  /** `true`: all of them. */
  readonly measure?: true | readonly MeasureId[];
  readonly for?: number;
  readonly watch?: true;
}

/** A day: longer than any timer that is worth waiting for. */
const mostForMs = 86_400_000;

export function addMeasureOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--measure [which]",
        `measure, which takes minutes: ${measureIds.join(", ")} (a list with commas), or all of them`,
      ).argParser(readMeasures),
    )
    .addOption(
      new Option(
        "--for <duration>",
        `how long measuring, or watching, may take; default: ${defaultForMs / 60_000}m`,
      ).argParser(readFor),
    )
    .option("--watch", "watch a restart: hold connections, and say how the server left and came back");
}

/** What is wrong with them together; undefined: nothing. */
export function measureMistake({ measure, watch, for: forMs }: MeasureFlags): string | undefined {
  if (forMs !== undefined && measure === undefined && watch !== true) return "--for belongs to --measure or --watch";
  return undefined;
}

function readMeasures(text: string): readonly MeasureId[] {
  const names = text.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !measureIds.includes(name as MeasureId));
  if (wrong === undefined) return names as MeasureId[];
  const hint = /[:.]/.test(wrong) ? " To measure everything, put --measure behind the target." : "";
  throw new InvalidArgumentError(`"${wrong}" is no measure; there are ${measureIds.join(", ")}.${hint}`);
}

function readFor(text: string): number {
  const forMs = parseDuration(text);
  if (forMs === undefined) throw new InvalidArgumentError("Expected a number and a unit: 30s, 10m or 1h.");
  if (forMs < leastForMs) throw new InvalidArgumentError(`Expected at least ${leastForMs / 1_000}s.`);
  if (forMs > mostForMs) throw new InvalidArgumentError("Expected at most 24h.");
  return forMs;
}

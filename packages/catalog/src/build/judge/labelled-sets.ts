/**
 * Owns the labelled sets as data: their files, their format, and which half of the set a message is in. They come from runs
 * and from public reports, never from the entries. Does not judge.
 */

import fs from "node:fs";
import path from "node:path";

/** A message whose cause is known. */
export interface LabelledMessage {
  readonly text: string;
  readonly implementation: string;
  readonly version: string;
  /** The entry of the true cause. */
  readonly label: string;
  /** Entries that are as right, because they speak of the same thing. */
  readonly also?: readonly string[];
  /** `run: …` with the wire event, or the address of a public thread. */
  readonly origin: string;
}

/** A failure in the recorded log: the lines that tell of it, counted from 1, and its cause. */
export interface PlantedFailure {
  readonly lines: readonly [first: number, last: number];
  readonly label: string;
  readonly also?: readonly string[];
  readonly from: string;
}

export interface LabelledSets {
  readonly messages: readonly LabelledMessage[];
  /** Texts that must get no answer. */
  readonly negatives: readonly string[];
  readonly log?: { readonly text: string; readonly planted: readonly PlantedFailure[] };
}

/** Who tunes may look at `develop` only. */
export type Half = "develop" | "held-out";

export function readLabelledSets(testFolder: string): LabelledSets {
  const data = path.join(testFolder, "data");
  const files = fs.readdirSync(data).sort();
  const named = (end: string): string[] =>
    files.filter((name) => name.endsWith(end)).map((name) => fs.readFileSync(path.join(data, name), "utf8"));
  const messages = named(".jsonl").flatMap((text) => linesOf(text).map((line) => JSON.parse(line) as LabelledMessage));
  const negatives = [
    ...named(".lines.txt").flatMap(linesOf),
    ...named("unrelated-60.txt").flatMap(linesOf),
    ...named(".blocks.txt").flatMap((text) => text.split(/^-{4}\n/m).filter((block) => block.trim() !== "")),
  ];
  const log = path.join(testFolder, "recorded", "services.log");
  if (!fs.existsSync(log)) return { messages, negatives };
  const planted = JSON.parse(fs.readFileSync(`${log}.planted.json`, "utf8")) as PlantedFailure[];
  return { messages, negatives, log: { text: fs.readFileSync(log, "utf8"), planted } };
}

/** By the text without its numbers, so that the same words with another port stay on one side. */
export function halfOf(text: string): Half {
  let hash = 0x811c9dc5; // FNV-1a, 32 bits: its offset and below its prime
  for (const char of text.replace(/\d+/g, "0")) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  // The low bit of FNV-1a hardly depends on more than the low bits of the text.
  return (hash >>> 16) % 2 === 0 ? "develop" : "held-out";
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

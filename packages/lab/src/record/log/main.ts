/**
 * `node packages/lab/dist/record/log/main.js RECORDED FOREIGN LOG`: composes the log from the recorded texts and the lines
 * of other software, and writes beside it which lines tell of which failure.
 */

import { readFileSync, writeFileSync } from "node:fs";
import type { RecordedMessage } from "../wire-event.ts";
import { composeLog } from "./compose-log.ts";
import { SeededChoice } from "./seeded-choice.ts";

const [recordedFile = "", foreignFile = "", logFile = ""] = process.argv.slice(2);
/** Any will do: the same one composes the same log. */
const seed = 20_261_002;
/** Above the 5,000 that were asked for. */
const wantedLines = 5_400;
/** How many texts of each program. */
const perProgram = 11;
/** A stack longer than this tells no more. */
const longestText = 2_600;

/** Events that services meet; the exotic ones of the set stay out. */
const common = new RegExp(
  [
    "goaway-0-then-fin|goaway-0-last-before-call$|goaway-max-age-then-fin|goaway-11-too-many-pings|goaway-2-last-call",
    "rst-stream-[0278]$|fin-in-call|reset-in-call|refused-port|unknown-name|http1-peer|fin-at-once|no-settings",
    "slow-handler|black-hole-keepalive|message-larger|html-200|html-503|message-then-end|tls-to-plain|untrusted",
    "closed-before-call|unknown method|stop\\(0\\)|forceShutdown|above its limit|upstream",
  ].join("|"),
);

const recorded = linesOf(recordedFile)
  .map((line) => JSON.parse(line) as RecordedMessage)
  .filter(({ origin, text }) => common.test(origin) && text.length <= longestText);
const chance = new SeededChoice(seed);
const chosen = [...new Set(recorded.map(({ implementation }) => implementation))].flatMap((program) =>
  choose(recorded.filter(({ implementation }) => implementation === program)),
);
const { text, planted } = composeLog(shuffled(chosen), { seed, lines: wantedLines, foreign: linesOf(foreignFile) });
writeFileSync(logFile, text);
writeFileSync(`${logFile}.planted.json`, `[\n${planted.map((plant) => `  ${JSON.stringify(plant)}`).join(",\n")}\n]\n`);
process.stdout.write(`${text.split("\n").length - 1} lines, ${text.length} bytes, ${planted.length} failures\n`);

/** One text of an event, until there are enough. */
function choose(messages: readonly RecordedMessage[]): RecordedMessage[] {
  const byEvent = new Map<string, RecordedMessage>();
  for (const message of shuffled(messages)) if (!byEvent.has(message.origin)) byEvent.set(message.origin, message);
  return [...byEvent.values()].slice(0, perProgram);
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: chance.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function linesOf(file: string): string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

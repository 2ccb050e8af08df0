/** Owns the part of docs/folklore.md that is made: tried advice in, chapters of Markdown out. Pure. */

import type { Effect, TriedAdvice } from "./advice.ts";

const chapters: readonly { readonly effect: Effect; readonly title: string; readonly lead: string }[] = [
  {
    effect: "helped",
    title: "It helped",
    lead: "More trials survived than without it, and no more calls were executed twice.",
  },
  {
    effect: "helped-at-a-price",
    title: "It helped, and had a price",
    lead:
      "More trials survived, and in more of them a call was executed twice at the backends. That is fine for calls that may " +
      "run twice, and only for those.",
  },
  {
    effect: "no-difference",
    title: "It made no difference that this many trials can see",
    lead: "The advice may be good against something else; against this failure the counts are those of doing nothing.",
  },
  {
    effect: "harmed",
    title: "It made things worse",
    lead: "Fewer trials survived, or as many with more calls executed twice.",
  },
];

export function folkloreChapters(all: readonly TriedAdvice[]): string {
  const entries = new Set(all.map(({ entry }) => entry));
  const parts = chapters.flatMap(({ effect, title, lead }) => {
    const rows = all.filter((each) => each.effect === effect);
    return rows.length === 0 ? [] : [`## ${title} (${rows.length})\n\n${lead}\n\n${table(rows)}`];
  });
  const counted = `${all.length} treatments of ${entries.size} failures were tried.`;
  return [counted, ...parts].join("\n\n");
}

function table(rows: readonly TriedAdvice[]): string {
  return [
    "| Advice | Failure | Survived without | Survived with | Executed twice | Programs |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map(row),
  ].join("\n");
}

function row({ advice, says, entry, emulated, without, with: after, interval, twice, programs }: TriedAdvice): string {
  const [low, high] = interval.map((end) => Math.round(end * 100));
  return `| ${[
    `${cell(advice)} (${cell(says)})`,
    `\`${entry}\`${emulated ? ", emulated" : ""}`,
    `${without.count} of ${without.trials}`,
    `${after.count} of ${after.trials}, ${low} to ${high} %`,
    String(twice),
    programs.join(", "),
  ].join(" | ")} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ").trim();
}

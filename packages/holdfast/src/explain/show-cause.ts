/** `holdfast explain --cause`: the texts by which a popular cause shows itself, and the entries that they mean. */

import type { EntryRecord, Language } from "@holdfast/catalog";
import { nearestIds } from "../catalog/nearest-ids.ts";
import { called } from "../called.ts";
import { faceWords } from "./face-words.ts";
import { shownTemplate } from "./shown-template.ts";

export interface CauseText {
  /** The template of the catalog, as in `holdfast show --format json`. */
  readonly text: string;
  readonly implementation: string;
  readonly entries: readonly { readonly id: string; readonly title: string }[];
}

export interface CauseAnswer {
  readonly cause: string;
  readonly texts: readonly CauseText[];
}

export type CauseSearch =
  | { readonly kind: "found"; readonly answer: CauseAnswer }
  /** `meant` is what comes nearest, best first; `known` is every cause. */
  | { readonly kind: "unknown"; readonly meant: readonly string[]; readonly known: readonly string[] };

/** Looks for a cause by its name, or by words that one name alone has. */
export async function findCause(asked: string, language: Language): Promise<CauseSearch> {
  const { records } = await import("@holdfast/catalog/data/records.js");
  const known = [...new Set(records.flatMap((record) => record.common_causes))].sort();
  const cause = asked
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-");
  const named = known.filter((each) => each === cause || (cause !== "" && each.includes(cause)));
  const [name] = named;
  if (name === undefined || named.length > 1) {
    return { kind: "unknown", meant: named.length > 1 ? named : nearestIds(cause, known, 1), known };
  }
  const members = records.filter((record) => (record.common_causes as readonly string[]).includes(name));
  return { kind: "found", answer: { cause: name, texts: textsOf(members, language) } };
}

function textsOf(members: readonly EntryRecord[], language: Language): readonly CauseText[] {
  const texts = new Map<string, { implementation: string; text: string; entries: Map<string, string> }>();
  for (const record of members) {
    const title = language === "zh" ? record.title_zh : record.title;
    for (const { role, implementation, text } of record.signatures) {
      if (role !== "failure") continue;
      const key = `${implementation}\n${text}`;
      const known = texts.get(key) ?? { implementation, text, entries: new Map<string, string>() };
      known.entries.set(record.id, title);
      texts.set(key, known);
    }
  }
  return [...texts.values()]
    .sort((a, b) => (a.implementation < b.implementation ? -1 : a.implementation > b.implementation ? 1 : 0))
    .map(({ text, implementation, entries }) => ({
      text,
      implementation,
      entries: [...entries].map(([id, title]) => ({ id, title })),
    }));
}

/** By program, then by the entries that its texts mean; what these are stands once, at the end. */
export function causeText({ cause, texts }: CauseAnswer, language: Language): string {
  const words = faceWords[language];
  const lines = [words.cause(cause.replaceAll("-", " "))];
  for (const [implementation, ofProgram] of groupBy(texts, (text) => text.implementation)) {
    lines.push("", implementation);
    for (const [ids, same] of groupBy(ofProgram, ({ entries }) => entries.map(({ id }) => id).join(", "))) {
      lines.push(`  ${ids}`, ...same.map(({ text }) => `    ${shownTemplate(text)}`));
    }
  }
  const titles = new Map(texts.flatMap(({ entries }) => entries.map(({ id, title }) => [id, title] as const)));
  const width = Math.max(...[...titles.keys()].map((id) => id.length));
  lines.push("", words.causeEntries(called()), ...[...titles].map(([id, title]) => `  ${id.padEnd(width)}  ${title}`));
  return `${lines.join("\n")}\n`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** `holdfast explain --cause`: the texts by which a popular cause shows itself, and the entries that they mean. */

import type { EntryRecord, Language } from "@holdfast/catalog";
import { faceWords } from "./face-words.ts";

export interface CauseText {
  readonly text: string;
  readonly implementation: string;
  readonly entries: readonly { readonly id: string; readonly title: string }[];
}

export interface CauseAnswer {
  readonly cause: string;
  readonly texts: readonly CauseText[];
}

/** Undefined when no entry knows a cause of this name; `known` lists those that are. */
export async function findCause(
  asked: string,
  language: Language,
): Promise<{ readonly answer: CauseAnswer | undefined; readonly known: readonly string[] }> {
  const { records } = await import("@holdfast/catalog/data/records.js");
  const known = [...new Set(records.flatMap((record) => record.common_causes))].sort();
  const cause = asked
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-");
  const name = known.find((each) => each === cause || each === `${cause}s`);
  if (name === undefined) return { answer: undefined, known };
  const members = records.filter((record) => record.common_causes.includes(name));
  return { answer: { cause: name, texts: textsOf(members, language) }, known };
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

export function causeText({ cause, texts }: CauseAnswer, language: Language): string {
  const lines = [faceWords[language].cause(cause)];
  for (const { text, implementation, entries } of texts) {
    lines.push("", `${implementation}: ${text}`);
    for (const { id, title } of entries) lines.push(`  ${id}  ${title}`);
  }
  return `${lines.join("\n")}\n`;
}

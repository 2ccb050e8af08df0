/** Gate: the Chinese of entries and questions. That it says as much as the English is asked when the files are read. */

import type { EntrySource, Question } from "../read-sources.ts";
import { englishLeft } from "./english-left.ts";
import type { GateRule } from "./gate-rule.ts";

export const chineseRules: readonly GateRule[] = [
  {
    id: "english-in-chinese",
    why: "who reads Chinese gets all of it in Chinese; code, names and texts of programs go between backticks or quotes",
    *check({ sources }) {
      for (const entry of sources.entries) yield* englishIn(entry);
      const texts = sources.entries.flatMap(programTexts);
      for (const question of sources.questions) yield* englishInQuestion(question, texts);
    },
  },
];

type Field = readonly [place: string, text: string | undefined];

export function* englishIn(entry: EntrySource): Generator<string> {
  const { id, zh } = entry;
  const { title, happened, closed_by, again, cause } = zh;
  const fields: Field[] = [
    ...Object.entries({ title, happened, closed_by, again, cause }),
    ...zh.be_sure.map(({ say }, index): [string, string] => [`be_sure[${index}].say`, say]),
  ];
  for (const [claim, { action, how, condition }] of Object.entries(zh.workarounds)) {
    fields.push(...placed(`workarounds.${claim}.`, { action, how, condition }));
  }
  for (const [claim, { action, why, condition }] of Object.entries(zh.dead_ends)) {
    fields.push(...placed(`dead_ends.${claim}.`, { action, why, condition }));
  }
  yield* findings(`entries/${id}/zh.yaml`, fields, programTexts(entry));
}

function* englishInQuestion({ id, source }: Question, texts: readonly string[]): Generator<string> {
  const answers = Object.entries(source.answers).map(([answer, { zh }]): [string, string] => [
    `answers.${answer}.zh`,
    zh,
  ]);
  yield* findings(
    `questions/${id}.yaml`,
    [["asks.zh", source.asks.zh], ["look.zh", source.look.zh], ...answers],
    texts,
  );
}

/** What programs print stays as it is in every language. */
function programTexts({ signatures }: EntrySource): string[] {
  return signatures.flatMap(({ text, example }) => [text, example]);
}

function placed(before: string, texts: Readonly<Record<string, string | undefined>>): Field[] {
  return Object.entries(texts).map(([field, text]) => [before + field, text]);
}

function* findings(file: string, fields: Iterable<Field>, texts: readonly string[]): Generator<string> {
  for (const [place, text] of fields) {
    const left = text === undefined ? undefined : englishLeft(text, texts);
    if (left !== undefined) yield `${file}: ${place}: ${left}`;
  }
}

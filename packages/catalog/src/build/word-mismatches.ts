/** Whether the words of both languages hang on the same claims and say as much as each other. Looks at shape alone. */

import type { EntryFacts, EntryWords } from "./entry-source.ts";
import type { Problem } from "./problem.ts";

/** `folder` is where the entry's files stand, for the messages. */
export function* wordMismatches(folder: string, facts: EntryFacts, en: EntryWords, zh: EntryWords): Generator<Problem> {
  for (const part of ["workarounds", "dead_ends"] as const) {
    const ids = new Set<string>();
    for (const { id } of facts[part]) {
      if (ids.has(id)) yield problem(`${folder}/entry.yaml`, `${part}: ${id}`, "the id stands there twice");
      ids.add(id);
    }
    for (const [name, words] of [
      ["en", en],
      ["zh", zh],
    ] as const) {
      const file = `${folder}/${name}.yaml`;
      for (const id of ids) {
        if (words[part][id] === undefined)
          yield problem(file, `${part}.${id}`, "expected words for this claim of entry.yaml");
      }
      for (const id of Object.keys(words[part])) {
        if (!ids.has(id)) yield problem(file, `${part}.${id}`, "no claim of entry.yaml has this id");
      }
    }
    yield* unevenFields(`${folder}/zh.yaml`, part, en[part], zh[part]);
  }
  yield* unevenSteps(`${folder}/zh.yaml`, en.be_sure, zh.be_sure);
}

type Words = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

function* unevenFields(file: string, part: string, en: Words, zh: Words): Generator<Problem> {
  for (const [id, words] of Object.entries(zh)) {
    for (const field of ["how", "condition"]) {
      const inEnglish = en[id]?.[field] !== undefined;
      if (en[id] === undefined || inEnglish === (words[field] !== undefined)) continue;
      yield problem(
        file,
        `${part}.${id}.${field}`,
        inEnglish ? "en.yaml has it, so expected here too" : "en.yaml has no such field",
      );
    }
  }
}

function* unevenSteps(file: string, en: EntryWords["be_sure"], zh: EntryWords["be_sure"]): Generator<Problem> {
  if (en.length !== zh.length) {
    yield problem(file, "be_sure", `expected ${en.length} steps as in en.yaml, found ${zh.length}`);
    return;
  }
  for (const [index, step] of zh.entries()) {
    if (step.run !== en[index]?.run) yield problem(file, `be_sure[${index}].run`, "expected the same as in en.yaml");
  }
}

function problem(file: string, field: string, what: string): Problem {
  return { file, line: 0, field, what };
}

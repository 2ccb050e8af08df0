/**
 * The same failure in every wrapping: what a person pastes went through loggers, shippers, tools, mails and editors, and
 * is answered as the bare text is.
 */

import { table } from "#catalog/signatures.js";
import { beforeAll, describe, expect, it } from "vitest";
import { explainWith } from "../src/explain/explain-with.ts";
import { loadMatcher } from "../src/match/matcher.ts";
import { byLoggers } from "./wrapped/by-loggers.ts";
import { byPeople } from "./wrapped/by-people.ts";
import { byTools } from "./wrapped/by-tools.ts";
import { exceptions } from "./wrapped/exceptions.ts";
import { knownTexts } from "./wrapped/known-texts.ts";

const matcher = loadMatcher(table);
const wrappings = [...byLoggers, ...byTools, ...byPeople];
const texts = Object.entries(knownTexts);
const bare = new Map(texts.map(([name, text]) => [name, explainWith(matcher, text).findings[0]?.id]));
void matcher.scanner; // made once, it is the quicker way for thousands of texts

function failing({ wrap }: (typeof wrappings)[number]): readonly string[] {
  return texts
    .filter(([name, text]) => {
      const { findings } = explainWith(matcher, wrap(text));
      return !findings.some(({ tied }) => tied.includes(bare.get(name) ?? ""));
    })
    .map(([name]) => name);
}

describe("a known text in a wrapping", () => {
  const wrong = new Map<string, readonly string[]>();
  beforeAll(() => {
    for (const wrapping of wrappings) wrong.set(wrapping.name, failing(wrapping));
  }, 60_000); // nine thousand texts, some 5 s of a core

  it("is known when it stands alone", () => {
    expect(texts.length).toBeGreaterThanOrEqual(40);
    expect([...bare].filter(([, id]) => id === undefined)).toEqual([]);
  });

  it("is answered in 98 of 100 pairs, exceptions counted as wrong", () => {
    expect(wrappings.length).toBeGreaterThanOrEqual(200);
    const count = [...wrong.values()].reduce((sum, names) => sum + names.length, 0);
    expect(1 - count / (wrappings.length * texts.length)).toBeGreaterThanOrEqual(0.98);
  });

  it.each(wrappings.map(({ name }) => name))("is answered, or a named exception: %s", (wrapping) => {
    const excepted = exceptions.flatMap(({ pairs }) => pairs[wrapping] ?? []);
    expect((wrong.get(wrapping) ?? []).filter((text) => !excepted.includes(text))).toEqual([]);
  });

  it("has exceptions only for wrappings and texts that there are", () => {
    expect(new Set(wrappings.map(({ name }) => name)).size).toBe(wrappings.length);
    const named = exceptions.flatMap(({ pairs }) => Object.entries(pairs));
    expect(named.filter(([wrapping]) => !wrong.has(wrapping))).toEqual([]);
    expect(named.flatMap(([, names]) => names).filter((name) => !bare.has(name))).toEqual([]);
  });
});

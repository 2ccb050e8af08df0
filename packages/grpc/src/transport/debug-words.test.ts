import { expect, it } from "vitest";
import { readDebugWords } from "./debug-words.ts";

it.each<[string, string[], string | undefined]>([
  ["", [], undefined],
  [" , ,", [], undefined],
  ["frames", ["frames"], undefined],
  ["Connection, FRAMES\tcalls", ["connection", "frames", "calls"], undefined],
  ["all", ["connection", "frames", "calls", "channel", "server"], undefined],
  ["all,frames", ["connection", "frames", "calls", "channel", "server"], undefined],
  ["frames,conection", ["frames"], '"conection" is unknown (did you mean connection?)'],
  ["1", [], '"1" is unknown; known words are connection, frames'],
  ["\u001b[2J", [], '"\\u{1b}[2j" is unknown'],
  ["a b c d e", [], "and 2 more"],
])("reads %j", (text, words, mistake) => {
  const read = readDebugWords(text);
  expect([...read.words]).toEqual(words);
  if (mistake === undefined) expect(read.mistake).toBeUndefined();
  else expect(read.mistake).toContain(mistake);
});

it("does not repeat a long variable", () => {
  expect(readDebugWords("x".repeat(100_000)).mistake?.length).toBeLessThan(300);
});

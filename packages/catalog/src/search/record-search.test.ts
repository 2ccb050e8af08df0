import MiniSearch from "minisearch";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { records } from "#catalog/records.js";
import { createRecordSearch } from "./record-search.ts";
import { emptyIndex, extendIndex, type SearchDocument } from "./search-index.ts";
import { fieldWeights, searchTexts, type SearchTexts } from "./search-texts.ts";
import { isHan, queryWords, textWords } from "./search-words.ts";

const none: SearchTexts = { title: "", id: "", tags: "", signatures: "", happened: "", cause: "", steps: "", rest: "" };
const made = (id: string, texts: Partial<SearchTexts>): SearchDocument => ({ id, texts: { ...none, id, ...texts } });
const searchIn = (documents: readonly SearchDocument[], index = extendIndex(emptyIndex, documents)) => {
  const { search } = createRecordSearch(index, (id) => documents.findLast((each) => each.id === id)?.texts);
  return (words: string): readonly string[] => search(words, "en").map(({ id }) => id);
};
const ours = records.map((record): SearchDocument => ({ id: record.id, texts: searchTexts(record) }));

describe("a search", () => {
  const find = searchIn([
    made("a/lamp", { title: "The lamp is dark", cause: "Nobody paid for the current." }),
    made("a/fuse", { title: "The fuse is gone", steps: "Buy another lamp\nOr a fuse." }),
    made("a/window", { title: "The curtain is drawn", tags: "dark", happened: "窗帘拉上了" }),
  ]);

  it.each<readonly [words: string, ...ids: readonly string[]]>([
    ["lamp", "a/lamp", "a/fuse"],
    ["LAMP dark", "a/lamp"],
    ["fuse curtain", "a/window", "a/fuse"],
    ["curt", "a/window"],
    ["cu"],
    ["curtan", "a/window"],
    ["lamb"],
    ["fusess"],
    ["certain", "a/window"],
    ["current", "a/lamp"],
    ["窗", "a/window"],
    ["帘拉", "a/window"],
    ["拉帘"],
    [""],
    ["!?"],
  ])("for %j", (words, ...ids) => {
    expect([...find(words)].sort()).toEqual([...ids].sort());
  });

  it("puts first what says it in the title", () => {
    expect(find("lamp")[0]).toBe("a/lamp");
  });

  it("shows the line that holds the words, in the reader's language where there is a choice", () => {
    const [document] = [made("a/b", { happened: "The pipe froze.\npipe 冻住了", rest: "pipe" })];
    const { search } = createRecordSearch(extendIndex(emptyIndex, [document]), () => document.texts);
    expect(search("pipe", "en")[0]?.match).toBe("The pipe froze.");
    expect(search("pipe", "zh")[0]?.match).toBe("pipe 冻住了");
  });
});

describe("an index that is added to", () => {
  it("finds old and new, and of one id only the newer", () => {
    const before = extendIndex(emptyIndex, [made("a/one", { title: "old moon" }), made("a/two", { title: "moon" })]);
    const more = [made("a/one", { title: "sun" }), made("b/three", { title: "sun and moon" })];
    const find = searchIn([], extendIndex(before, more));
    expect([...find("moon")].sort()).toEqual(["a/two", "b/three"]);
    expect([...find("sun")].sort()).toEqual(["a/one", "b/three"]);
    expect(find("old")).toEqual([]);
  });

  it("is the same as one made at once, and as its own JSON", () => {
    const word = fc.constantFrom("moon", "sun", "maxAge", "月亮", "tide");
    const document = fc
      .record({ title: fc.array(word), rest: fc.array(word) })
      .map(({ title, rest }) => ({ title: title.join(" "), rest: rest.join("\n") }));
    fc.assert(
      fc.property(fc.array(document, { maxLength: 6 }), fc.nat(6), (texts, cut) => {
        const all = texts.map((each, at) => made(`a/${at}`, each));
        const whole = extendIndex(emptyIndex, all);
        expect(extendIndex(extendIndex(emptyIndex, all.slice(0, cut)), all.slice(cut))).toEqual(whole);
        expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
      }),
    );
  });
});

/** A search that many people use, set as this one is, says whether this one finds and orders as it should. */
describe("beside MiniSearch", () => {
  const { terms } = extendIndex(emptyIndex, ours);
  const beginsOne = (word: string): boolean => terms.some((term) => term.startsWith(word.toLowerCase()));
  const theirs = new MiniSearch<SearchTexts & { readonly key: string }>({
    idField: "key",
    fields: Object.keys(fieldWeights),
    tokenize: textWords,
    searchOptions: {
      boost: fieldWeights,
      tokenize: queryWords,
      prefix: (term) => (isHan(term) ? term.length === 1 : term.length >= 3),
      // Only for words that begin none: the one thing that it cannot be told otherwise.
      fuzzy: (term) => (term.length >= 6 && !isHan(term) && !beginsOne(term) ? 0.2 : false),
    },
  });
  theirs.addAll(ours.map(({ id, texts }) => ({ ...texts, key: id })));
  const find = searchIn(ours);

  it.each([
    "keepalive",
    "idle timeout load balancer",
    "too_many_pings",
    "unprocesed goaway",
    "空闲 超时",
    "帧",
    "maxConnectionAge",
  ])("finds the same for %s, and the same first", (words) => {
    const strict = theirs.search(words, { combineWith: "AND" });
    const expected = (strict.length > 0 ? strict : theirs.search(words)).map(({ id }) => String(id));
    const found = find(words);
    expect([...found].sort()).toEqual([...expected].sort());
    expect(found.slice(0, 3)).toContain(expected[0]);
    expect(expected.slice(0, 3)).toContain(found[0]);
  });
});

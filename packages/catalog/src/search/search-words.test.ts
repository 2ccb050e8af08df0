import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queryWords, textWords } from "./search-words.ts";

describe("words to search by", () => {
  it("are names with their parts, and Chinese letters in pairs", () => {
    expect(textWords("set keepalive_time_ms, maxConnectionAge")).toEqual([
      "set",
      ...["keepalive_time_ms", "keepalive", "time", "ms"],
      ...["maxConnectionAge", "max", "Connection", "Age"],
    ]);
    expect(queryWords("空闲超时 keepalive_time_ms")).toEqual(["空闲", "闲超", "超时", "keepalive_time_ms"]);
    expect(textWords("发送GOAWAY帧")).toEqual(["发送", "送", "GOAWAY", "帧"]);
  });

  it("of a text hold every word by which a piece of it is asked for", () => {
    const text = fc.array(fc.constantFrom("空", "闲", "超", " ", "_", "a", "B", "1", "。", "é"), { maxLength: 30 });
    fc.assert(
      fc.property(text, (letters) => {
        const given = letters.join("");
        const known = new Set(textWords(given));
        for (const word of queryWords(given)) expect(known).toContain(word);
        // A single Chinese letter is asked for as the beginning of a word.
        for (const letter of given.match(/\p{Script=Han}/gu) ?? [])
          expect([...known].some((word) => word.startsWith(letter))).toBe(true);
      }),
    );
  });
});

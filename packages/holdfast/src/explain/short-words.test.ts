import { describe, expect, it } from "vitest";
import { shortened, withoutFences } from "./short-words.ts";

describe("short words", () => {
  it("takes the first sentences, in both languages", () => {
    expect(shortened("It ran. Send it, e.g. with a key. Then wait.", 1)).toBe("It ran.");
    expect(shortened("See RFC 9113. It says so.\nAnd more.", 2)).toBe("See RFC 9113. It says so.");
    expect(shortened("调用可能已经执行。只有重复执行无害时才可以重发。", 1)).toBe("调用可能已经执行。");
    expect(shortened("No end", 1)).toBe("No end");
  });

  it("takes fences away and keeps what they hold", () => {
    expect(withoutFences("Set it:\n```json\n{}\n```\ndone")).toBe("   Set it:\n     {}\n   done");
  });
});

import { describe, expect, it } from "vitest";
import { sequencePicture, type WireStep } from "./sequence-picture.ts";
import { wrapLabel } from "./wrap-label.ts";

const words = {
  label: "On the wire",
  actors: { client: "client", server: "server", proxy: "proxy", kernel: "kernel" },
};

const drawn = (steps: readonly WireStep[]): string => sequencePicture(steps, words).text;

describe("the sequence picture", () => {
  it("draws an arrow for what is sent and a note for what is not, in order", () => {
    const picture = drawn([
      { from: "client", to: "server", frame: "HEADERS" },
      { from: "server", to: "self", frame: "crashes" },
      { from: "kernel", to: "client", frame: "TCP FIN" },
    ]);
    expect(picture.match(/class="(?:message|note)"/g)).toEqual(['class="message"', 'class="note"', 'class="message"']);
    expect(picture.indexOf("HEADERS")).toBeLessThan(picture.indexOf("crashes"));
  });

  it("stands the actors in the order of the path", () => {
    const picture = drawn([
      { from: "server", to: "proxy", frame: "a" },
      { from: "proxy", to: "client", frame: "b" },
    ]);
    const places = ["client", "proxy", "server"].map((name) => picture.indexOf(`>${name}</text>`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("keeps everything inside the picture", () => {
    const picture = drawn([
      { from: "client", to: "self", frame: "a note that is long enough to need several lines of the picture" },
      { from: "server", to: "self", frame: "another_word_without_any_blank" },
      { from: "client", to: "server", frame: "x" },
    ]);
    const width = Number(/ width="(\d+)"/.exec(picture)?.[1]);
    for (const [, x = "", w = ""] of picture.matchAll(/<rect\s+x="([\d.-]+)"[^>]*?width="([\d.]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x) + Number(w)).toBeLessThanOrEqual(width);
    }
  });

  it("says what it is, and escapes what it shows", () => {
    const picture = drawn([{ from: "client", to: "server", frame: "<script>" }]);
    expect(picture).toContain('aria-label="On the wire"');
    expect(picture).not.toContain("<script>");
  });
});

describe("a wrapped label", () => {
  it("leaves no single word for the last line, and takes no line more", () => {
    expect(wrapLabel("HEADERS + DATA (Pay, attempt 1)", 30)).toEqual(["HEADERS + DATA", "(Pay, attempt 1)"]);
    expect(wrapLabel("short", 30)).toEqual(["short"]);
    expect(wrapLabel("averyveryverylongword b", 5)).toEqual(["averyveryverylongword", "b"]);
  });
});

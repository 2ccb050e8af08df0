import { describe, expect, it } from "vitest";
import { compileTemplate, templateLiteral } from "./template.ts";

describe("compileTemplate", () => {
  it("finds the text and the facts in it, from a place on", () => {
    const template = compileTemplate("Received RST_STREAM with code {http2_code:int}");
    const line = "13 INTERNAL: Received RST_STREAM with code 2 (Received RST_STREAM with code 11)";
    expect(template.find(line)).toEqual({ start: 13, end: 44, values: { http2_code: "2" } });
    expect(template.find(line, 14)).toEqual({ start: 46, end: 78, values: { http2_code: "11" } });
    expect(template.find(line, 47)).toBeUndefined();
  });

  it("publishes an expression", () => {
    const regex = (text: string) => compileTemplate(text).toRegex();
    expect(regex("code {int} (why?) {text}")).toBe("\\bcode [0-9]+ \\(why\\?\\) .*");
    expect(regex("{UNAVAILABLE|Unavailable}: {{closed}} by {addr}")).toBe(
      "(?:\\bUNAVAILABLE|\\bUnavailable): \\{closed\\} by [0-9A-Za-z_.:%/@\\[\\]-]*[0-9A-Za-z_\\]]",
    );
    expect(regex("{int} long words {text} of {word}, all")).toBe("\\b[0-9]+ long words .*? of \\S+, all\\b");
  });

  it.each([
    ["a }b of six", '"}" at 2 closes nothing'],
    ["a {int of six", '"{" at 2 is not closed'],
    ["status {number}", "{number} is no hole"],
    ["status {UNAVAILABLE}", "{UNAVAILABLE} is no hole"],
    ["status {}", "{} is no hole"],
    ["status {code:int}", 'no hole is named "code"; names are http2_code,'],
    ["status {stream_id:int} and {stream_id:int}", "{stream_id:} stands twice"],
    ["{text} closed", "begins with {text}"],
    ["closed {text}{text} again", "has no fixed text between"],
    ["closing stream{|s}", "an empty choice at its edge"],
    ["two\nlines", "is more than one line"],
    ["short", "needs 8 or more fixed characters in a row"],
    ["ab {int} cd {closed|opened}", "needs 8 or more fixed characters in a row"],
  ])("refuses %j", (text, why) => {
    expect(() => compileTemplate(text)).toThrow(TypeError);
    expect(() => compileTemplate(text)).toThrow(why);
  });
});

describe("templateLiteral", () => {
  it("is the longest fixed text that loggers leave alone", () => {
    expect(templateLiteral("connection error: desc = {text}")).toBe("connection error: desc ");
    expect(templateLiteral('received prior goaway: code: {word}, debug data: "{text}"')).toBe(
      "received prior goaway: code: ",
    );
    expect(templateLiteral("C:\\a\\longer by\\b {int} end")).toBe("longer by");
  });

  it("takes doubled braces and holes apart as the template does", () => {
    expect(templateLiteral("{{a long inside}} of")).toBe("a long inside");
    expect(templateLiteral("{{{a choice|of texts}}} an ending")).toBe(" an ending");
  });

  it("falls back to any fixed text when loggers leave none alone", () => {
    expect(templateLiteral('"a"="b" {int}')).toBe('"a"="b" ');
    expect(() => templateLiteral("shorter {int}")).not.toThrow();
    expect(() => templateLiteral("brief{int}")).toThrow("needs 8 or more fixed characters in a row");
  });
});

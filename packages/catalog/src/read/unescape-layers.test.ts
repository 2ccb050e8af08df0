import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unescapeLayers } from "./unescape-layers.ts";

const text = "rpc error: desc = \"transport: <x> & 'y'\"";

describe("unescapeLayers", () => {
  it.each([
    ["JSON", JSON.stringify(text).slice(1, -1)],
    ["JSON in JSON", JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)],
    ["an address", encodeURIComponent(text)],
    ["a form", `q=${encodeURIComponent(text).replaceAll("%20", "+")}`],
    ["HTML", text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&#62;").replaceAll('"', "&#x22;")],
    ["CSV", text.replaceAll('"', '""')],
  ])("undoes %s", (_, escaped) => {
    expect(unescapeLayers(escaped).replace(/^q=/, "")).toBe(text);
  });

  it("breaks lines where rsyslog wrote them out", () => {
    expect(unescapeLayers("a#012#011at b")).toBe("a\n\tat b");
    expect(unescapeLayers("see #0123")).toBe("see #0123");
  });

  it("breaks lines where a page does", () => {
    expect(unescapeLayers("a<br/>b")).toBe("a\nb");
  });

  it.each(['GoAway(b"", NO_ERROR)', "99% done + 1", "a & b", "&#0;", "100%zz"])("leaves %j", (plain) => {
    expect(unescapeLayers(plain)).toBe(plain);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("%", "f", "0", "&", "#", ";", "\\", "u", '"', "+", "=") }),
        (any) => typeof unescapeLayers(any) === "string",
      ),
    );
  });
});

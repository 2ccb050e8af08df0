import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html, trusted } from "./markup.ts";

describe("html", () => {
  it("lets no text become a tag, an entity or the end of an attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."<>&\"'a/ =") }), (text) => {
        const made = html`<p title="${text}">${text}</p>`.text;
        const [, title = "", body = ""] = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(made) ?? [made];
        const read = (escaped: string): string =>
          escaped.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
        expect([read(title), read(body)]).toEqual([text, text]);
      }),
    );
  });

  it("takes markup, lists of it and nothing", () => {
    const items = ["a", "<b>"].map((each) => html`<li>${each}</li>`);
    expect(html`${items}${undefined}${false}${trusted("<hr>")}${3}`.text).toBe("<li>a</li><li>&#60;b&#62;</li><hr>3");
  });
});

/**
 * HTML as a value of its own: text becomes markup only through `html`, which escapes what is put in, so that a pasted log
 * can never become a tag. Runs in Node and in the browser. Owns no words and no layout.
 */

export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What may stand in a hole. `undefined` and `false` leave nothing. */
export type Hole = Markup | string | number | false | undefined | readonly Hole[];

export function html(strings: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  return new Markup(strings.map((text, index) => text + filled(holes[index])).join(""));
}

/** Text that is markup already, because a renderer that escapes made it. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** `&`, `<`, `>` and both quotes, so that the result is safe in text and in quoted attributes alike. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function filled(hole: Hole): string {
  if (hole === undefined || hole === false) return "";
  if (hole instanceof Markup) return hole.text;
  if (typeof hole === "object") return hole.map(filled).join("");
  return escaped(String(hole));
}

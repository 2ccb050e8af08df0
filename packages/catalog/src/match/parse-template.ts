/** The text of a template → its parts, or a TypeError that says what is wrong and where. The language: `template.ts`. */

import {
  digits,
  endOfAddress,
  type HoleName,
  holeNames,
  inAddress,
  notBlank,
  type TemplatePart,
} from "./template-part.ts";

type Refuse = (why: string) => never;

export function parseTemplate(text: string): readonly TemplatePart[] {
  const refuse: Refuse = (why) => {
    throw new TypeError(`template ${JSON.stringify(text)}: ${why}`);
  };
  if (text.includes("\n")) refuse("is more than one line");
  const parts: TemplatePart[] = [];
  let fixed = "";
  const endFixed = () => {
    if (fixed !== "") parts.push({ kind: "texts", texts: [fixed] });
    fixed = "";
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character !== "{" && character !== "}") fixed += character;
    else if (text.charAt(at + 1) === character) {
      fixed += character;
      at++;
    } else if (character === "}") refuse(`"}" at ${at} closes nothing; write "}}" for the character`);
    else {
      const close = text.indexOf("}", at);
      if (close < 0) refuse(`"{" at ${at} is not closed; write "{{" for the character`);
      endFixed();
      parts.push(hole(text.slice(at + 1, close), refuse));
      at = close;
    }
  }
  endFixed();
  return checked(parts, refuse);
}

function hole(inside: string, refuse: Refuse): TemplatePart {
  const colon = /^([a-z0-9_]+):/.exec(inside);
  const label = colon?.[1];
  const name = holeNames.find((known) => known === label);
  if (label !== undefined && name === undefined) {
    refuse(`no hole is named ${JSON.stringify(label)}; names are ${holeNames.join(", ")}`);
  }
  const what = name === undefined ? inside : inside.slice(name.length + 1);
  const part = holePart(what) ?? refuse(`{${inside}} is no hole; there are int, word, addr, text and a|b`);
  return name === undefined ? part : { ...part, name };
}

function holePart(what: string): TemplatePart | undefined {
  switch (what) {
    case "int":
      return { kind: "run", set: digits };
    case "word":
      return { kind: "run", set: notBlank };
    case "addr":
      return { kind: "run", set: inAddress, last: endOfAddress };
    case "text":
      return { kind: "gap" };
    default:
      return what.includes("|") && !what.includes("{") ? { kind: "texts", texts: what.split("|") } : undefined;
  }
}

/** Refuses what could not mean what its writer means; a gap at the end is the rest of the line. */
function checked(parts: readonly TemplatePart[], refuse: Refuse): readonly TemplatePart[] {
  const [first] = parts;
  const last = parts.at(-1);
  if (first?.kind === "gap") refuse("begins with {text}, which matches everywhere");
  for (const edge of [first, last]) {
    if (edge?.kind === "texts" && edge.texts.includes("")) refuse("an empty choice at its edge; write two templates");
  }
  const named = new Set<HoleName>();
  for (const [i, { kind, name }] of parts.entries()) {
    if (kind === "gap" && parts[i + 1]?.kind === "gap") refuse("{text}{text} has no fixed text between");
    if (name === undefined) continue;
    if (named.has(name)) refuse(`{${name}:} stands twice`);
    named.add(name);
  }
  if (last?.kind !== "gap") return parts;
  return [...parts.slice(0, -1), last.name === undefined ? { kind: "rest" } : { kind: "rest", name: last.name }];
}

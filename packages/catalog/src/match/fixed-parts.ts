/**
 * Takes a template apart at its holes, for those who ask what words it has and not where it matches. Owns the reading of
 * doubled braces outside of `parse-template.ts`; refuses nothing, for what comes here was compiled before.
 *
 * A text that is to be restored asks this of all templates of the table, before anything is optimised: one `split` is
 * several times as quick as a loop.
 */

const hole = /\{[^{}]*\}/;
const doubled = /\{\{|\}\}/;
const everyHole = new RegExp(hole, "g");
const braces = /\{\{|\}\}|\{[^{}]*\}/g;
/** Stand for the braces that doubled ones mean; no template holds control characters. */
const open = "\u0001";
const close = "\u0002";

/** What stands before, between and behind the holes, as it stands in texts: one more than there are holes, some empty. */
export function fixedParts(template: string): readonly string[] {
  if (!hasDoubled(template)) return template.split(hole);
  return marked(template)
    .split(hole)
    .map((part) => part.replaceAll(open, "{").replaceAll(close, "}"));
}

/** The texts among which the holes let choose: those of `{a|b}`, and not of `{int}`. */
export function choicesIn(template: string): readonly string[] {
  if (!template.includes("|")) return [];
  const found = marked(template).match(everyHole) ?? [];
  return found.flatMap((each) => (each.includes("|") ? each.slice(1, -1).split("|") : []));
}

function hasDoubled(template: string): boolean {
  return doubled.test(template);
}

function marked(template: string): string {
  if (!hasDoubled(template)) return template;
  return template.replace(braces, (found) => (found === "{{" ? open : found === "}}" ? close : found));
}

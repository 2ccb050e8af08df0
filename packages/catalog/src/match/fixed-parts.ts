/**
 * Takes a template apart at its holes, for those who ask what words it has and not where it matches. Owns the reading of
 * doubled braces outside of `parse-template.ts`; refuses nothing, for what comes here was compiled before.
 */

export interface FixedParts {
  /** What stands before, between and behind the holes, as it stands in texts: one more than there are holes, some empty. */
  readonly fixed: readonly string[];
  /** What stands inside the braces: `int`, `http2_code:int`, `a|b`. */
  readonly holes: readonly string[];
}

/** Templates are those of a table, so there are never more than some thousand. */
const known = new Map<string, FixedParts>();

export function fixedParts(template: string): FixedParts {
  let parts = known.get(template);
  if (parts === undefined) known.set(template, (parts = takeApart(template)));
  return parts;
}

function takeApart(template: string): FixedParts {
  const fixed: string[] = [];
  const holes: string[] = [];
  let words = "";
  let done = 0;
  for (const { 0: found, 1: hole, index } of template.matchAll(/\{\{|\}\}|\{([^{}]*)\}/g)) {
    words += template.slice(done, index);
    done = index + found.length;
    if (hole === undefined) {
      words += found.charAt(0);
    } else {
      fixed.push(words);
      holes.push(hole);
      words = "";
    }
  }
  fixed.push(words + template.slice(done));
  return { fixed, holes };
}

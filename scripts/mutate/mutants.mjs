/** What Stryker found, in words: a mutant as a line that a person can read, and the score that follows. */

/** Long enough to know the place by, short enough for a line. */
const longestPart = 60;

/**
 * A mutant as `the line with the [changed part] in brackets → what stood there instead`. That stays the same when other
 * lines come and go, so `equivalents.mjs` can name it. Stryker counts lines and columns from one.
 */
export function mutantText({ location: { start, end }, replacement }, source) {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const before = lines[0].slice(0, start.column - 1).trimStart();
  const after = lines
    .at(-1)
    .slice(end.column - 1)
    .trimEnd();
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return `${before}[${short(lines.join(" "))}]${after} → ${short(replacement)}`;
}

/** How many ended how, and the share of those found among those that a test could find. */
export function score(mutants) {
  // What the tests cannot even load is noticed, too.
  const killed = count(mutants, "Killed") + count(mutants, "RuntimeError");
  const timeout = count(mutants, "Timeout");
  const equivalent = mutants.filter((mutant) => missed(mutant) && !isOpen(mutant)).length;
  const survived = count(mutants.filter(isOpen), "Survived");
  const noCoverage = count(mutants.filter(isOpen), "NoCoverage");
  const possible = killed + timeout + survived + noCoverage;
  const percent = possible === 0 ? 100 : Math.floor((1000 * (killed + timeout)) / possible) / 10;
  return { percent, killed, timeout, survived, noCoverage, equivalent };
}

/** Did every test pass, or none come by? */
export function missed({ status }) {
  return status === "Survived" || status === "NoCoverage";
}

/** Missed, and nobody said that it had to be. */
export function isOpen(mutant) {
  return missed(mutant) && mutant.equivalent !== true;
}

function count(mutants, status) {
  return mutants.filter((mutant) => mutant.status === status).length;
}

function short(text) {
  const flat = text.replaceAll(/\s+/g, " ").trim();
  return flat.length <= longestPart ? flat : `${flat.slice(0, longestPart)}…`;
}

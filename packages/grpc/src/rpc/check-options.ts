import { nearest } from "./nearest.ts";

/**
 * Names of options, checked where they come in: a misspelt one must not be ignored in silence. `habits` are names that
 * other libraries use for the same thing.
 */
export function checkNames(
  what: string,
  given: object,
  known: readonly string[],
  habits: Readonly<Record<string, string>> = {},
): void {
  for (const name in given) {
    if (known.includes(name)) continue;
    const meant = habits[name] ?? nearest(name, known);
    const hint = meant === undefined ? `expected one of ${known.join(", ")}` : `did you mean ${meant}?`;
    throw new TypeError(`${what} ${JSON.stringify(name)} is unknown; ${hint}`);
  }
}

/** A number of 0 or more; Infinity is fine, NaN is not. */
export function checkNumber(what: string, value: unknown): void {
  if (value === undefined || (typeof value === "number" && value >= 0)) return;
  throw new TypeError(
    `${what}: ${typeof value === "number" ? value : JSON.stringify(value)}, expected a number of 0 or more`,
  );
}

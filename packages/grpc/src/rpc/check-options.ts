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
  if (given === null || typeof given !== "object")
    throw new TypeError(`${what}s: expected an object, got ${String(given)}`);
  for (const name in given) {
    if (known.includes(name)) continue;
    const meant = habits[name] ?? nearest(name, known);
    const hint = meant === undefined ? `expected one of ${known.join(", ")}` : `did you mean ${meant}?`;
    throw new TypeError(`${what} ${JSON.stringify(name)} is unknown; ${hint}`);
  }
}

/** A number of `least` or more; Infinity is fine, NaN is not. */
export function checkNumber(what: string, value: unknown, least = 0): void {
  if (value === undefined || (typeof value === "number" && value >= least)) return;
  throw new TypeError(
    `${what}: ${typeof value === "number" ? value : JSON.stringify(value)}, expected a number of ${least} or more`,
  );
}

/** A 1 or a "yes" is neither. */
export function checkBoolean(what: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean") return;
  throw new TypeError(`${what}: ${JSON.stringify(value)}, expected true or false`);
}

/** An `AbortSignal`; its controller is a frequent slip. */
export function checkSignal(signal: unknown): void {
  if (signal === undefined) return;
  const given = signal as Partial<AbortSignal> | null;
  if (typeof given?.addEventListener === "function" && typeof given.aborted === "boolean") return;
  const hint = typeof given === "object" && given !== null && "signal" in given ? "; pass its .signal" : "";
  // An object without prototype has no constructor, nor a text of its own.
  const made = given?.constructor as { readonly name: string } | undefined;
  const got = made?.name ?? (given === null ? "null" : "object");
  throw new TypeError(`signal: expected an AbortSignal, got ${got}${hint}`);
}

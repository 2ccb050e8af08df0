/**
 * Mutants that no test can tell from the code, by file, each group with the reason. `npm run mutate` prints survivors in
 * these words, leaves these out of the score, and says which of them it did not meet any more.
 */

/** @type {Readonly<Record<string, readonly { readonly why: string, readonly mutants: readonly string[] }[]>>} */
export const equivalents = {};

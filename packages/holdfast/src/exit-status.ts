/** Owns what the command's exit statuses mean. */

export const exitStatus = {
  fine: 0,
  /** It ran, and something is wrong with what it looked at. */
  wrong: 1,
  /** It did not run, because the command line cannot be meant, or could not hand out what it found. */
  mistake: 2,
} as const;

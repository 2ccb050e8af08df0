/** Owns emphasis on a terminal. Paint after padding: the codes take no place on the screen. */

export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

const same = (text: string): string => text;
export const noPaint: Paint = { strong: same, faint: same, good: same, warn: same, bad: same };

/** ECMA-48 SGR codes that every terminal knows, in its own colours. */
export const ansiPaint: Paint = {
  strong: sgr(1, 22),
  faint: sgr(2, 22),
  good: sgr(32, 39),
  warn: sgr(33, 39),
  bad: sgr(31, 39),
};

function sgr(on: number, off: number): (text: string) => string {
  return (text) => (text === "" ? text : `\u001b[${on}m${text}\u001b[${off}m`);
}

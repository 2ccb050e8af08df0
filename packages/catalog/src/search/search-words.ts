/** Cuts text into what can be searched for: Latin words, names with their parts, Chinese letters in pairs. */

const runs = /\p{Script=Han}+|[\p{L}\p{N}_]+/gu;

/** Chinese has no blanks between words; pairs of letters find them well enough without a dictionary. */
function han(run: string): readonly string[] {
  if (run.length < 2) return [run];
  return Array.from({ length: run.length - 1 }, (_, index) => run.slice(index, index + 2));
}

/** For a query: what was typed. */
export function queryWords(text: string): string[] {
  return [...cut(text)].flatMap((run) => (isHan(run) ? han(run) : [run]));
}

/** For a text: the last Chinese letter of a run by itself too, so that every letter begins a word; and the parts of `keepalive_time_ms` and `maxConnectionAge`. */
export function textWords(text: string): string[] {
  return [...cut(text)].flatMap((run) => {
    if (isHan(run)) return run.length < 2 ? [run] : [...han(run), run.slice(-1)];
    const parts = run.split(/_+|(?<=[a-z0-9])(?=[A-Z])/).filter((part) => part !== "");
    return parts.length < 2 ? [run] : [run, ...parts];
  });
}

export function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** A run of letters of any script ends where Chinese begins. */
function* cut(text: string): Generator<string> {
  for (const [run] of text.matchAll(runs)) {
    if (!isHan(run) || /^\p{Script=Han}+$/u.test(run)) yield run;
    else yield* run.split(/(\p{Script=Han}+)/u).filter((part) => part !== "");
  }
}

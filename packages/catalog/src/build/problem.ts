/** Something wrong with a source file: what a writer needs to put it right. Does not decide what follows from it. */

export interface Problem {
  /** From the package's folder, with `/`. */
  readonly file: string;
  /** Counted from 1; 0 where the file as a whole is meant. */
  readonly line: number;
  /** The field, as in `workarounds[0].origin`; empty for the whole document. */
  readonly field: string;
  /** What was expected and what was found. */
  readonly what: string;
}

export function problemText({ file, line, field, what }: Problem): string {
  const place = line === 0 ? file : `${file}:${line}`;
  return field === "" ? `${place}: ${what}` : `${place}: ${field}: ${what}`;
}

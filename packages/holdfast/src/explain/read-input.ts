/** Where the text to be explained comes from: arguments, a file, standard input. Owns what a wrong one gets. */

import { closeSync, openSync, readSync, statSync, type Stats } from "node:fs";
import type { Readable } from "node:stream";

export type Input =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "stream"; readonly stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array> };

/** An input that cannot be read; the message says which and why. */
export class InputError extends Error {}

interface Asked {
  readonly words: readonly string[];
  readonly file?: string;
  /** Asked only when it may be read: opening it takes time. */
  readonly stdin: () => Readable & { readonly isTTY?: boolean };
}

/** Undefined when there is nothing to explain: no words, no file, and a terminal instead of a pipe. */
export function findInput({ words, file, stdin }: Asked): Input | undefined {
  const [only = ""] = words;
  if (file !== undefined && words.length > 0)
    throw new InputError(`-f ${file}: a file and a text at once; give one of them`);
  if (file === "-" || (file === undefined && words.length === 1 && only === "-"))
    return { kind: "stream", stream: stdin() };
  if (file !== undefined) return fileInput(file);
  if (words.length > 1) {
    if (words.every((word) => /[./]/.test(word) && statOf(word)?.isFile() === true))
      throw new InputError(
        `${words.join(" ")}: one file at a time, or all in a row: cat ${words.join(" ")} | holdfast explain`,
      );
    return { kind: "text", text: words.join(" ") };
  }
  if (words.length === 1) return isMeantAsPath(only) ? fileInput(only) : { kind: "text", text: only };
  const stream = stdin();
  return stream.isTTY === true ? undefined : { kind: "stream", stream };
}

/** `holdfast explain app.log` is meant as the file; an error text is hardly ever the name of one. */
function isMeantAsPath(word: string): boolean {
  if (word === "" || word.length > 4_096 || /[\s\0]/.test(word)) return false; // PATH_MAX of Linux
  return statOf(word) !== undefined || /^\.{0,2}\/|\.(?:log|txt|json|ndjson|out|err)$/.test(word);
}

function fileInput(path: string): Input {
  const stat = statOf(path);
  if (stat === undefined) throw new InputError(`${path}: no such file`);
  if (stat.isDirectory()) throw new InputError(`${path}: is a directory; name a file in it`);
  return { kind: "stream", stream: piecesOf(path) };
}

/** The same memory again and again: each piece is gone when the next is asked for. Nothing else is waiting meanwhile. */
function* piecesOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, "r");
  try {
    const memory = new Uint8Array(262_144); // 256 KiB a read
    for (let count; (count = readSync(file, memory)) > 0;) yield memory.subarray(0, count);
  } finally {
    closeSync(file);
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "may not be read (permission denied)",
  EPERM: "may not be read (not permitted)",
  EISDIR: "is a directory; name a file in it",
  ENOENT: "no such file",
};

/** What the system says about an input that broke while it was read. */
export function inputFailure(path: string, error: unknown): InputError {
  const { code = "", message = String(error) } = error as { readonly code?: string; readonly message?: string };
  return new InputError(`${path}: ${reasons[code] ?? message}`);
}

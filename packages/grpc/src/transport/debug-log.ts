/**
 * The debug log of a process: what HOLDFAST_DEBUG asked for when the process first made a channel, server or connection.
 * Owns the look of its lines. Where nothing was asked for there is none, and whoever would speak asks only once.
 */

import type { Host } from "../host/host.ts";
import { type DebugWord, readDebugWords } from "./debug-words.ts";
import { perHost } from "./per-host.ts";

export class DebugLog {
  readonly #host: Host;
  readonly #words: ReadonlySet<DebugWord>;
  /** Numbers for calls, which have none on the wire. */
  lastCall = 0;

  constructor(host: Host, words: ReadonlySet<DebugWord>) {
    this.#host = host;
    this.#words = words;
  }

  asksFor(word: DebugWord): boolean {
    return this.#words.has(word);
  }

  /** One line, if `word` is asked for: `holdfast 2026-01-01T00:00:00.250Z conn 3 …`. `text` is printable. */
  say(word: DebugWord, text: string): void {
    if (!this.#words.has(word)) return;
    this.#host.log(`holdfast ${new Date(this.#host.wallMs()).toISOString()} ${text}`);
  }
}

/** Undefined where the variable is absent or empty, or holds nothing that is known. */
export function debugLogOf(host: Host): DebugLog | undefined {
  return logs(host).log;
}

// In an object: that there is none is remembered, too, and the environment is read once.
const logs = perHost((host): { readonly log: DebugLog | undefined } => {
  const { words, mistake } = readDebugWords(host.env("HOLDFAST_DEBUG") ?? "");
  if (mistake !== undefined) host.log(`holdfast: ${mistake}`);
  return { log: words.size === 0 ? undefined : new DebugLog(host, words) };
});

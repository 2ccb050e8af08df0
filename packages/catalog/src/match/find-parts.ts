/**
 * Looks for the parts of a template as RE2 would for the expression of `parts-regex.ts`: the first place, and there the
 * first way in the order of preference. It walks back like a backtracking engine but never tries one part twice at one
 * place, so its time is at most parts × length. Knows nothing of literals and tables.
 */

import type { TemplateMatch } from "./template.ts";
import { digits, isWordUnit, type TemplatePart } from "./template-part.ts";

export function findParts(parts: readonly TemplatePart[], message: string, from: number): TemplateMatch | undefined {
  let start = Math.max(0, from);
  // No part accepts a line feed, so each line is looked through for itself and the memory is that of the longest line.
  for (;;) {
    const feed = message.indexOf("\n", start);
    const end = feed < 0 ? message.length : feed;
    const match = new LineFinder(parts, message, start, end).find();
    if (match !== undefined || feed < 0) return match;
    start = end + 1;
  }
}

/** For lines of the usual length, one after the other: to allocate for each took longer than to look through it. */
const marks = new Uint32Array(256);

class LineFinder {
  readonly #parts: readonly TemplatePart[];
  readonly #message: string;
  readonly #from: number;
  readonly #end: number;
  /** One bit for each part and place: whether it was tried there. What was tried and did not end the search has failed. */
  readonly #failed: Uint32Array;
  readonly #width: number;
  readonly #values: Record<string, string> = {};

  constructor(parts: readonly TemplatePart[], message: string, from: number, end: number) {
    this.#parts = parts;
    this.#message = message;
    this.#from = from;
    this.#end = end;
    this.#width = end - from + 1;
    const words = ((parts.length * this.#width) >>> 5) + 1;
    if (marks.length < words) this.#failed = new Uint32Array(words);
    else this.#failed = marks.fill(0, 0, words);
  }

  find(): TemplateMatch | undefined {
    for (let start = this.#nextStart(this.#from); start >= 0; start = this.#nextStart(start + 1)) {
      const end = this.#edge(0, start) ? this.#part(0, start) : -1;
      if (end >= 0) return { start, end, values: this.#values };
    }
    return undefined;
  }

  /** Where a match could begin, at `at` or behind it; -1 when nowhere. */
  #nextStart(at: number): number {
    const first = this.#parts[0];
    if (at > this.#end || first === undefined) return -1;
    if (first.kind !== "texts" || first.texts.length !== 1) return at;
    return this.#indexOf(first.texts[0] ?? "", at);
  }

  #indexOf(text: string, at: number): number {
    const found = this.#message.indexOf(text, at);
    return found >= 0 && found + text.length <= this.#end ? found : -1;
  }

  /** The end of a match of the parts from `index` on, begun at `at`; -1 when there is none. */
  #part(index: number, at: number): number {
    const part = this.#parts[index];
    if (part === undefined) return this.#edge(index - 1, at) ? at : -1;
    switch (part.kind) {
      case "texts":
        return this.#texts(part, index, at);
      case "run":
        return this.#run(part, index, at);
      case "gap":
        return this.#gap(part, index, at);
      case "rest":
        return this.#kept(part, at, this.#end, this.#end);
    }
  }

  #texts(part: TemplatePart & { kind: "texts" }, index: number, at: number): number {
    if (this.#hasFailed(index, at)) return -1;
    for (const text of part.texts) {
      if (!this.#message.startsWith(text, at) || at + text.length > this.#end) continue;
      const end = this.#part(index + 1, at + text.length);
      if (end >= 0) return this.#kept(part, at, at + text.length, end);
    }
    return -1;
  }

  /** Goes right as far as the set allows, then back left until the rest fits. */
  #run(part: TemplatePart & { kind: "run" }, index: number, at: number): number {
    const { set, last } = part;
    let stop = at;
    while (stop < this.#end && set.has(this.#message.charCodeAt(stop)) && !this.#hasFailed(index, stop)) stop++;
    for (; stop > at; stop--) {
      if (last !== undefined && !last.has(this.#message.charCodeAt(stop - 1))) continue;
      const end = this.#part(index + 1, stop);
      if (end >= 0) return this.#kept(part, at, stop, end);
    }
    return -1;
  }

  #gap(part: TemplatePart & { kind: "gap" }, index: number, at: number): number {
    const next = this.#parts[index + 1];
    const fixed = next?.kind === "texts" && next.texts.length === 1 ? next.texts[0] : undefined;
    for (let stop = at; stop <= this.#end && !this.#hasFailed(index, stop); stop++) {
      if (fixed !== undefined && !this.#message.startsWith(fixed, stop)) continue;
      const end = this.#part(index + 1, stop);
      if (end >= 0) return this.#kept(part, at, stop, end);
    }
    return -1;
  }

  /** Marks the place; true if it was marked before, for then everything behind it has been tried in vain. */
  #hasFailed(index: number, at: number): boolean {
    const bit = index * this.#width + (at - this.#from);
    const word = bit >>> 5;
    const mask = 1 << (bit & 31);
    const before = this.#failed[word] ?? 0;
    this.#failed[word] = before | mask;
    return (before & mask) !== 0;
  }

  #kept(part: TemplatePart, at: number, stop: number, end: number): number {
    if (part.name !== undefined) this.#values[part.name] = this.#message.slice(at, stop);
    return end;
  }

  /** Whether no word goes on across the outer edge of the template; only {int} and texts have such an edge. */
  #edge(index: number, at: number): boolean {
    const part = this.#parts[index];
    const bounded = part?.kind === "texts" || (part?.kind === "run" && part.set === digits);
    if (!bounded || at === 0 || at === this.#message.length) return true;
    return !(isWordUnit(this.#message.charCodeAt(at - 1)) && isWordUnit(this.#message.charCodeAt(at)));
  }
}

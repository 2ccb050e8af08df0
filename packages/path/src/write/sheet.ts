/**
 * A configuration that is being written: its lines, above each the reason of its value, and at the end where the reasons come
 * from. Owns the look of comments; knows no format.
 */

import type { PathPlan } from "../plan/plan.ts";
import type { Reason } from "../plan/planned-hop.ts";
import type { Source, SourceId } from "../rules/sources-table.ts";

const columns = 110;

/** What a writer is given. */
export interface WriteJob {
  readonly plan: PathPlan;
  /** Of the hop on the path. */
  readonly index: number;
  /** The names and addresses of sources, for the end of the file. */
  readonly sources: Readonly<Record<SourceId, Source>>;
}

export class Sheet {
  readonly #mark: string;
  readonly #reasons: ReadonlyMap<string, Reason>;
  readonly #sources: WriteJob["sources"];
  readonly #used = new Set<SourceId>();
  readonly #lines: string[] = [];

  /** `mark` begins a comment: `#` or `//`. */
  constructor(mark: string, reasons: ReadonlyMap<string, Reason>, sources: WriteJob["sources"]) {
    this.#mark = mark;
    this.#reasons = reasons;
    this.#sources = sources;
  }

  /** Lines as they are; their own comments included. */
  add(...lines: readonly string[]): void {
    this.#lines.push(...lines);
  }

  /** A line with the reason that the plan has for `setting` above it. */
  set(line: string, setting: string): void {
    this.reason(indentOf(line), setting);
    this.#lines.push(line);
  }

  /** The reason alone, for a line that has several. */
  reason(indent: string, setting: string): void {
    const reason = this.#reasons.get(setting);
    if (reason === undefined) throw new Error(`the plan gives no reason for ${setting}`);
    this.#say(indent, reason.because, reason.source, reason.rule);
  }

  /** A line with a reason that every path has. */
  why(line: string, because: string, source: SourceId, rule?: string): void {
    this.#say(indentOf(line), because, source, rule);
    this.#lines.push(line);
  }

  #say(indent: string, because: string, source: SourceId, rule: string | undefined): void {
    this.#used.add(source);
    const from = [this.#sources[source].title, ...(rule === undefined ? [] : [`rule ${rule}`])].join(", ");
    this.comment(indent, `${begun(because)} (${from}).`);
  }

  comment(indent: string, text: string): void {
    for (const line of folded(text, columns - indent.length - this.#mark.length - 1))
      this.#lines.push(`${indent}${this.#mark} ${line}`);
  }

  text(): string {
    const used = [...this.#used].map((id) => this.#sources[id]);
    const about = used.map(({ title, at }) => `${this.#mark}   ${title}: ${at}`);
    return `${[...this.#lines, "", `${this.#mark} Sources:`, ...about].join("\n")}\n`;
  }
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? "";
}

function folded(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** As a sentence; names keep their own spelling. */
function begun(text: string): string {
  return /^(?!nginx\b)[a-z]+[ ,;:]/.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
}

/**
 * Records that somebody brings along: their `regex`, compiled by re2js so that it takes linear time, or refused with the
 * record's path and the reason. re2js is loaded when there is such a record, never before. Reads no files.
 */

import { requiredLiteral } from "./required-literal.ts";
import type { TemplateMatch } from "./template.ts";

export interface ForeignSource {
  readonly id: string;
  /** Where the record was read, for messages. */
  readonly path: string;
  readonly regex: string;
}

export interface ForeignPattern extends ForeignSource {
  /** A text that every match holds; absent when the expression names none, and then every line of gRPC is tried. */
  readonly literal?: string;
  find(message: string, from?: number): TemplateMatch | undefined;
}

export interface ForeignProblem {
  readonly path: string;
  readonly id: string;
  readonly reason: string;
}

export interface ForeignPatterns {
  readonly patterns: readonly ForeignPattern[];
  readonly problems: readonly ForeignProblem[];
}

export async function compileForeign(sources: readonly ForeignSource[]): Promise<ForeignPatterns> {
  const patterns: ForeignPattern[] = [];
  const problems: ForeignProblem[] = [];
  if (sources.length === 0) return { patterns, problems };
  const { RE2JS } = await import("re2js");
  for (const source of sources) {
    try {
      const expression = RE2JS.compile(source.regex);
      const literal = requiredLiteral(source.regex);
      const find = (message: string, from = 0) => {
        const matcher = expression.matcher(message);
        return matcher.find(from) ? { start: matcher.start(), end: matcher.end(), values: {} } : undefined;
      };
      patterns.push(literal === undefined ? { ...source, find } : { ...source, literal, find });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problems.push({ path: source.path, id: source.id, reason });
    }
  }
  return { patterns, problems };
}

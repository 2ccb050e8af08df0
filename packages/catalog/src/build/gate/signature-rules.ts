/** Gate: texts of programs. Whether a template can be read at all is asked when the file is read. */

import { compileTemplate } from "../../match/template.ts";
import { statusesIn } from "../../read/statuses-in.ts";
import type { EntrySource } from "../read-sources.ts";
import type { GateRule } from "./gate-rule.ts";

interface PlacedText {
  readonly id: string;
  readonly signature: EntrySource["signatures"][number];
}

export const signatureRules: readonly GateRule[] = [
  {
    id: "example-not-found",
    why: "a template that does not find a line as it is really printed finds nothing",
    *check({ sources }) {
      for (const { id, signature } of textsOf(sources.entries)) {
        if (compileTemplate(signature.text).find(signature.example) === undefined) {
          yield `${id}: "${signature.text}" in "${signature.example}"`;
        }
      }
    },
  },
  {
    id: "example-with-other-status",
    why: "an example is read as a log is: its status must be the signature's, and its message nothing else when `whole`",
    *check({ sources }) {
      for (const { id, signature } of textsOf(sources.entries)) {
        // Half of a block (`details = "…"`) has no status of its own, only mentions of others in words.
        const found = statusesIn(signature.example).filter(({ proof }) => proof === "form");
        if (found.length === 0 || signature.code === null) continue;
        const same = found.filter(({ code }) => code === signature.code);
        if (same.length === 0) yield `${id}: ${signature.code} is not in "${signature.example}"`;
        else if (signature.whole && !same.some(({ message }) => isWhole(signature.text, message))) {
          yield `${id}: "${signature.text}" is not the whole message of "${signature.example}"`;
        }
      }
    },
  },
  {
    id: "signature-twice",
    why: "one program, one text, one status: a second line of it in the same entry says nothing new",
    *check({ sources }) {
      for (const { id, signatures } of sources.entries) {
        const seen = new Set<string>();
        for (const { implementation, code, text, role } of signatures) {
          const key = `${implementation}, ${code ?? "no status"}, ${role}: "${text}"`;
          if (seen.has(key)) yield `${id}: ${key}`;
          seen.add(key);
        }
      }
    },
  },
  {
    id: "tie-without-order",
    why: "entries that share a text are answered in an order, and `rank` is where it comes from",
    *check({ sources }) {
      const failures = textsOf(sources.entries).filter(({ signature }) => signature.role === "failure");
      for (const text of new Set(failures.map(({ signature }) => signature.text))) {
        yield* equalRanks(failures.filter(({ signature }) => signature.text === text));
      }
    },
  },
];

function isWhole(template: string, message: string): boolean {
  const match = compileTemplate(template).find(message);
  return match !== undefined && match.start === 0 && match.end === message.length;
}

/** Pairs of entries that one text fits: whoever meets that text needs a question. Each pair once, by id. */
export function pairsWithOneText(entries: readonly EntrySource[]): readonly (readonly [one: string, other: string])[] {
  const byText = new Map<string, Set<string>>();
  for (const { id, signature } of textsOf(entries)) {
    if (signature.role === "failure") byText.set(signature.text, (byText.get(signature.text) ?? new Set()).add(id));
  }
  const pairs = new Map<string, readonly [string, string]>();
  for (const ids of byText.values()) {
    for (const one of ids) for (const other of ids) if (one < other) pairs.set(`${one} ${other}`, [one, other]);
  }
  return [...pairs.values()];
}

function textsOf(entries: readonly EntrySource[]): readonly PlacedText[] {
  return entries.flatMap(({ id, signatures }) => signatures.map((signature) => ({ id, signature })));
}

/** Pairs of entries with one text, one status (or none, which fits all) and one rank. */
function* equalRanks(sharing: readonly PlacedText[]): Generator<string> {
  const told = new Set<string>();
  for (const [index, one] of sharing.entries()) {
    for (const other of sharing.slice(index + 1)) {
      const [a, b] = [one.signature, other.signature];
      const meet = a.code === b.code || a.code === null || b.code === null;
      if (one.id === other.id || !meet || a.rank !== b.rank) continue;
      const finding = `${one.id} and ${other.id}: "${a.text}" (${a.code ?? b.code ?? "no status"}), both ${a.rank}`;
      if (!told.has(finding)) yield finding;
      told.add(finding);
    }
  }
}

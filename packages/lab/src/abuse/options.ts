/** Owns the command line of the abuse table: what may be said, what it means, and what is wrong with the rest. */

import { parseArgs } from "node:util";

export interface AbuseOptions {
  readonly kind: "abuse";
  /** Names of abuses; empty: all. */
  readonly only: readonly string[];
  /** Names of servers; empty: all. */
  readonly subjects: readonly string[];
  readonly json: boolean;
  /** Put the table into docs/abuse.md. */
  readonly write: boolean;
}

export type Usage = { readonly kind: "help" | "mistake"; readonly text: string };

export function parseOptions(
  args: readonly string[],
  abuses: readonly string[],
  subjects: readonly string[],
): AbuseOptions | Usage {
  const usage = `usage: abuse [--only NAME,NAME] [--subject NAME,NAME] [--json] [--write]

  --only     these abuses: ${wrapped(abuses)}
  --subject  these servers: ${subjects.join(", ")}
  --json     one object a line instead of words
  --write    put the whole table into docs/abuse.md; about eight minutes
`;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: "string", multiple: true },
        subject: { type: "string", multiple: true },
        json: { type: "boolean" },
        write: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help === true) return { kind: "help", text: usage };
    const only = namesFrom("--only", values.only, abuses);
    const chosen = namesFrom("--subject", values.subject, subjects);
    if (values.write === true && only.length + chosen.length > 0)
      throw new Error("--write: the page shows the whole table, so it goes without --only and --subject");
    return { kind: "abuse", only, subjects: chosen, json: values.json === true, write: values.write === true };
  } catch (error) {
    if (error instanceof Error) return { kind: "mistake", text: `abuse: ${error.message}\n\n${usage}` };
    throw error;
  }
}

function namesFrom(option: string, given: readonly string[] = [], known: readonly string[]): readonly string[] {
  const names = given.flatMap((text) => text.split(","));
  for (const name of names) {
    if (!known.includes(name)) throw new Error(`${option} ${name}: expected one of ${known.join(", ")}`);
  }
  return names;
}

function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < names.length; at += 5) lines.push(names.slice(at, at + 5).join(", "));
  return lines.join(",\n             ");
}

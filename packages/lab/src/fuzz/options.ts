/** Owns the command line of the fuzz search: what may be said, what it means, and what is wrong with the rest. */

import { parseArgs } from "node:util";

export interface FuzzOptions {
  readonly kind: "fuzz";
  readonly forMs: number;
  readonly seed: number;
  /** Files to run once instead of a search. */
  readonly replay: readonly string[];
  readonly json: boolean;
}

export type Usage = { readonly kind: "help" | "mistake"; readonly text: string };

const usage = `usage: fuzz [--for 60s] [--seed N] [--json]
       fuzz --replay FILE...

  --for      how long to search: 500ms, 60s, 30m. Default 10s
  --seed     of the chance in it. Default: another one each day
  --replay   run these inputs, one step a line as findings are written, and say what comes of them
  --json     one object instead of words
`;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

// Milliseconds in a day.
const dayMs = 86_400_000;

export function parseOptions(args: readonly string[], nowMs: number): FuzzOptions | Usage {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        for: { type: "string" },
        seed: { type: "string" },
        replay: { type: "boolean" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help === true) return { kind: "help", text: usage };
    if (values.replay !== true && positionals.length > 0)
      throw new Error(`"${positionals[0]}": did you mean --replay?`);
    if (values.replay === true && positionals.length === 0) throw new Error("--replay: expected the name of a file");
    return {
      kind: "fuzz",
      forMs: duration(values.for ?? "10s"),
      seed: seedOf(values.seed ?? `${Math.floor(nowMs / dayMs)}`),
      replay: positionals,
      json: values.json === true,
    };
  } catch (error) {
    if (error instanceof Error) return { kind: "mistake", text: `fuzz: ${error.message}\n\n${usage}` };
    throw error;
  }
}

function duration(text: string): number {
  const [, count, unit] = /^(\d{1,6})(ms|s|m|h)$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) throw new Error(`--for ${text}: expected a time such as 60s or 30m`);
  return Number(count) * (unitMs[unit] ?? 1);
}

function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--seed ${text}: expected a whole number of at most nine digits`);
  return Number(text);
}

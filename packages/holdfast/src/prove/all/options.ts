/** Owns the command line of `npm run prove`. */

import { parseArgs } from "node:util";
import type { ClientId } from "@holdfast/lab/experiment";

export interface ProveOptions {
  /** Empty: all, unless `changed` or `tenth` narrow them. */
  readonly ids: readonly string[];
  readonly changed: boolean;
  /** The turn; undefined: not by turns. `commits`: by the number of commits. */
  readonly tenth?: number | "commits";
  readonly seed: number;
  readonly trials?: number;
  readonly clients?: readonly ClientId[];
  readonly write: boolean;
  /** Only a disagreement that chance cannot have made fails the run. */
  readonly isCi: boolean;
  /** No experiment is begun after so many ms; what is left out is named. */
  readonly withinMs: number;
}

export const proveUsage = (
  clientIds: readonly ClientId[],
): string => `usage: npm run prove -- [ID…] [--changed] [--tenth [N]] [--trials N] [--clients a,b] [--seed N] [--write] [--within 170s]

  ID…         experiments by their entries; default: all
  --changed   those that differ from origin/main (on it: from the last commit)
  --tenth     and a tenth of all, the N-th; without N by the number of commits
  --trials    of each client in each arm; default: what each experiment says
  --clients   ${clientIds.join(", ")}
  --seed      default: 1
  --write     leave the results beside the entries
  --ci        judge disagreements by four standard deviations (1 rate in 16,000 by chance) instead of the 95 % interval
  --within    begin no experiment after so long
`;

/** Throws an error with words for the user. */
export function parseProveOptions(args: readonly string[], clientIds: readonly ClientId[]): ProveOptions {
  const { values, positionals } = parseArgs({
    args: withTenth(args),
    allowPositionals: true,
    options: {
      changed: { type: "boolean", default: false },
      tenth: { type: "string" },
      trials: { type: "string" },
      clients: { type: "string" },
      seed: { type: "string", default: "1" },
      write: { type: "boolean", default: false },
      ci: { type: "boolean", default: false },
      within: { type: "string" },
    },
  });
  const { tenth, trials, within } = values;
  return {
    ids: positionals,
    changed: values.changed,
    ...(tenth === undefined ? {} : { tenth: tenth === "commits" ? tenth : whole("--tenth", tenth, 0) }),
    seed: whole("--seed", values.seed, 0),
    ...(trials === undefined ? {} : { trials: whole("--trials", trials, 1) }),
    ...(values.clients === undefined
      ? {}
      : { clients: values.clients.split(",").map((name) => clientOf(name, clientIds)) }),
    write: values.write,
    isCi: values.ci,
    withinMs: within === undefined ? Infinity : 1_000 * whole("--within", within.replace(/s$/, ""), 1),
  };
}

/** `--tenth` may stand alone. */
function withTenth(args: readonly string[]): string[] {
  return args.flatMap((arg, at) => (arg === "--tenth" && !/^\d+$/.test(args[at + 1] ?? "") ? [arg, "commits"] : [arg]));
}

function clientOf(name: string, clientIds: readonly ClientId[]): ClientId {
  const client = clientIds.find((id) => id === name.trim());
  if (client === undefined)
    throw new Error(`--clients: there is no client "${name}"; there are ${clientIds.join(", ")}`);
  return client;
}

function whole(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`${flag}: expected a whole number from ${least}, got "${text}"`);
  return value;
}

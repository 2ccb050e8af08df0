/** The arguments of `npm run sim`. Owns their grammar and the words about mistakes. */

export interface SearchOptions {
  readonly from: number;
  readonly seeds: number;
  /** Print the whole story of each world. */
  readonly explain: boolean;
  /** Stop at the first world with a finding. */
  readonly untilFound: boolean;
  /** Say what was found and no more: no progress, no matrix, no smaller world. */
  readonly brief: boolean;
  /** An empty cell of the coverage matrix is a failure. */
  readonly full: boolean;
  /** Begin no world after so long, minutes; Infinity for no limit. */
  readonly minutes: number;
}

export type ParsedOptions =
  | { readonly kind: "search"; readonly options: SearchOptions }
  | { readonly kind: "help" }
  | { readonly kind: "mistake"; readonly text: string };

export const usage = `usage: npm run sim -- [--seeds N] [--from S] [--minutes M] [--full] [--until-found] [--brief]
         search N random worlds (default 200; with --full 3000) from seed S (default 1), for M minutes at most;
         --full, or N of 3000 and more: an empty cell of the coverage matrix is a failure, too;
         --until-found stops at the first finding; --brief prints no progress, no matrix, no smaller world
       npm run sim -- --seed S [--explain]
         one world; --explain tells its story: events, frames, faults`;

const flagNames = {
  "--explain": "explain",
  "--until-found": "untilFound",
  "--brief": "brief",
  "--full": "full",
} as const;
const numberNames = ["--seeds", "--from", "--minutes", "--seed"];
const names = [...numberNames, ...Object.keys(flagNames)];

/** Enough worlds for every cell that can be hit to be hit. */
export const fullSeeds = 3_000;

export function parseOptions(args: readonly string[]): ParsedOptions {
  const numbers = new Map<string, number>();
  const flags = { explain: false, untilFound: false, brief: false, full: false };
  for (let i = 0; i < args.length; i++) {
    const [name = "", glued] = (args[i] ?? "").split("=", 2);
    if (name === "--help" || name === "-h") return { kind: "help" };
    if (isFlag(name)) {
      flags[flagNames[name]] = true;
      continue;
    }
    if (!numberNames.includes(name)) {
      return { kind: "mistake", text: `unknown option ${JSON.stringify(name)}; there are ${names.join(", ")}` };
    }
    const text = glued ?? args[++i];
    const positive = name === "--seeds" || name === "--minutes";
    // Seeds have 32 bits.
    if (text === undefined || !/^[0-9]{1,9}$/.test(text) || (positive && Number(text) === 0)) {
      return {
        kind: "mistake",
        text: `${name} takes a whole number${positive ? " above 0" : ""}, not ${JSON.stringify(text ?? "")}`,
      };
    }
    numbers.set(name, Number(text));
  }
  return combine(numbers, flags);
}

type Flags = Pick<SearchOptions, "explain" | "untilFound" | "brief" | "full">;

function isFlag(name: string): name is keyof typeof flagNames {
  return Object.hasOwn(flagNames, name);
}

function combine(numbers: ReadonlyMap<string, number>, flags: Flags): ParsedOptions {
  const seed = numbers.get("--seed");
  if (seed !== undefined && (numbers.has("--seeds") || numbers.has("--from"))) {
    return { kind: "mistake", text: "--seed is one world; it goes with neither --seeds nor --from" };
  }
  if (flags.explain && seed === undefined) return { kind: "mistake", text: "--explain needs the --seed of a world" };
  const minutes = numbers.get("--minutes") ?? Infinity;
  if (seed !== undefined) return { kind: "search", options: { ...flags, from: seed, seeds: 1, minutes } };
  const seeds = numbers.get("--seeds") ?? (flags.full ? fullSeeds : 200);
  const full = flags.full || seeds >= fullSeeds;
  return { kind: "search", options: { ...flags, full, from: numbers.get("--from") ?? 1, seeds, minutes } };
}

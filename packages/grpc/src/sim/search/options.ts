/** The arguments of `npm run sim`. Owns their grammar and the words about mistakes. */

export interface SearchOptions {
  readonly from: number;
  readonly seeds: number;
  /** Print the whole story of each world. */
  readonly explain: boolean;
  /** Stop at the first world with a finding. */
  readonly untilFound: boolean;
}

export type ParsedOptions =
  | { readonly kind: "search"; readonly options: SearchOptions }
  | { readonly kind: "help" }
  | { readonly kind: "mistake"; readonly text: string };

export const usage = `usage: npm run sim -- [--seeds N] [--from S] [--until-found]
         search N random worlds (default 200) from seed S (default 1); --until-found stops at the first finding
       npm run sim -- --seed S [--explain]
         one world; --explain tells its story: events, frames, faults`;

const names = ["--seeds", "--from", "--until-found", "--seed", "--explain"];

export function parseOptions(args: readonly string[]): ParsedOptions {
  const numbers = new Map<string, number>();
  const flags = { explain: false, untilFound: false };
  for (let i = 0; i < args.length; i++) {
    const [name = "", glued] = (args[i] ?? "").split("=", 2);
    if (name === "--help" || name === "-h") return { kind: "help" };
    if (name === "--explain" || name === "--until-found") {
      flags[name === "--explain" ? "explain" : "untilFound"] = true;
      continue;
    }
    if (name !== "--seeds" && name !== "--from" && name !== "--seed") {
      return { kind: "mistake", text: `unknown option ${JSON.stringify(name)}; there are ${names.join(", ")}` };
    }
    const text = glued ?? args[++i];
    // Seeds have 32 bits.
    if (text === undefined || !/^[0-9]{1,9}$/.test(text) || (name === "--seeds" && Number(text) === 0)) {
      return {
        kind: "mistake",
        text: `${name} takes a whole number${name === "--seeds" ? " above 0" : ""}, not ${JSON.stringify(text ?? "")}`,
      };
    }
    numbers.set(name, Number(text));
  }
  const seed = numbers.get("--seed");
  if (seed !== undefined && (numbers.has("--seeds") || numbers.has("--from"))) {
    return { kind: "mistake", text: "--seed is one world; it goes with neither --seeds nor --from" };
  }
  if (flags.explain && seed === undefined) return { kind: "mistake", text: "--explain needs the --seed of a world" };
  if (seed !== undefined) return { kind: "search", options: { from: seed, seeds: 1, ...flags } };
  return {
    kind: "search",
    options: { from: numbers.get("--from") ?? 1, seeds: numbers.get("--seeds") ?? 200, ...flags },
  };
}

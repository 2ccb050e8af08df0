/** Reads plain command lines of `holdfast explain`; whatever else there is, and every mistake, is commander's. */

import { explainDefaults, explainOptions, type ExplainFlags, type ExplainOption } from "./explain-options.ts";

export interface ExplainArguments {
  readonly words: readonly string[];
  readonly flags: ExplainFlags;
}

/** Undefined for a command line that is not sure to mean what it seems to. */
export function readExplainArguments(args: readonly string[]): ExplainArguments | undefined {
  const words: string[] = [];
  const given: Record<string, string | true | readonly string[]> = { ...explainDefaults };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (!arg.startsWith("-") || arg === "-") {
      words.push(arg);
      continue;
    }
    const option = explainOptions.find(
      ({ name, short }) => arg === `--${name}` || (short !== undefined && arg === `-${short}`),
    );
    const value = option?.value === undefined ? undefined : args[++at];
    if (option === undefined || !isPlain(option, value)) return undefined;
    const before = given[option.name];
    if (option.isList === true) given[option.name] = [...(Array.isArray(before) ? before : []), value ?? ""];
    else given[option.name] = value ?? true;
  }
  const isTorn = explainOptions.some(
    ({ name, conflicts }) => conflicts !== undefined && name in given && conflicts in given,
  );
  return isTorn ? undefined : { words, flags: given as unknown as ExplainFlags };
}

/** A value that looks like an option is hardly meant as one. */
function isPlain({ value: takes, choices }: ExplainOption, value: string | undefined): boolean {
  if (takes === undefined) return true;
  if (value === undefined || (value.startsWith("-") && value !== "-")) return false;
  return choices?.includes(value) ?? true;
}

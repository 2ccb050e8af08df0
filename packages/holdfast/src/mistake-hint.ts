import { called } from "./called.ts";

/** What every mistake on the command line ends with. */
export function mistakeHint(): string {
  return `(${called()} help lists the commands; ${called()} help <command> its options)`;
}

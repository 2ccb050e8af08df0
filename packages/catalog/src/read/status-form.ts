/** What a table of spellings is made of: the shape of an entry, and the parts that patterns share. */

import { statusNames, type Implementation } from "../record/vocabulary.ts";

export interface StatusForm {
  /** Nothing is tried on a line without this. */
  readonly mark: string;
  /** Groups `code` and `message`, or `other` in other quotes; `number` where the code stands a second time as a number. */
  readonly pattern: RegExp;
  readonly implementation?: Implementation;
  readonly proof: "form" | "words";
  /** How the message ends: at the end of the line, or with its own quote (then it is unescaped). */
  readonly message: "rest" | "quoted";
}

/** The names of statuses as programs spell them. `OK` is none: it does not say that something failed. */
export const upper = spelt(statusNames.slice(1));
export const camel = spelt(statusNames.slice(1).map(inCamelCase));
export const lower = upper.toLowerCase();
/** A message in double quotes; the second one may have been cut off. */
export const quoted = String.raw`"(?<message>(?:[^"\\]|\\.)*)"?`;

/** Connect and grpc-web write `canceled`, as Go does. */
function spelt(names: readonly string[]): string {
  return names.join("|").replace(/CANCELL|Cancell/, "$&?");
}

function inCamelCase(name: string): string {
  return name.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Owns the check of what `inspect` of a channel or server is given. */

import { checkNames, checkNumber } from "./check-options.ts";

const names = ["maxConnections", "maxStreams"];

/** The options of `inspect`; 0 is fine, and lists nothing. */
export function checkInspectOptions(options: object): void {
  checkNames("inspect option", options, names);
  for (const [name, value] of Object.entries(options)) checkNumber(`inspect option ${name}`, value);
}

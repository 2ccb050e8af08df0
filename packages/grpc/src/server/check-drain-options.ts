/** The options of a drain, checked before anything is drained. */
import { checkNames, checkNumber } from "../rpc/check-options.ts";
import type { DrainOptions } from "./server.ts";

const names = ["graceMs", "lameDuckMs"] satisfies (keyof DrainOptions)[];
const habits = {
  grace: "graceMs",
  timeout: "graceMs",
  timeoutMs: "graceMs",
  lameDuck: "lameDuckMs",
  delayMs: "lameDuckMs",
};

/** @throws TypeError for an option of a drain that is unknown, or a time that is none: it would cut every call. */
export function checkDrainOptions(options: DrainOptions): void {
  checkNames("drain option", options, names, habits);
  for (const name of names) checkNumber(`drain option ${name}`, options[name]);
}

import { checkNames, checkNumber } from "../rpc/check-options.ts";

/** @throws TypeError for an option of a drain that is unknown, or a grace that is no time: it would cut every call. */
export function checkDrainOptions(options: { readonly graceMs?: number }): void {
  checkNames("drain option", options, ["graceMs"], { grace: "graceMs", timeout: "graceMs", timeoutMs: "graceMs" });
  checkNumber("drain option graceMs", options.graceMs);
}

/**
 * Whether a program of other people is here. Without it the tests that need it are skipped, with a line that says why;
 * with HOLDFAST_PEERS=required they run, and fail.
 */
import { spawnSync } from "node:child_process";
import { describe } from "vitest";

/** `describe` for tests that need a program; `probe` ends with 0 where it is there. */
export function describeWith(peer: string, probe: readonly [program: string, ...args: string[]]) {
  const [program, ...args] = probe;
  const { status } = spawnSync(program, args, { stdio: "ignore" });
  const absent = status !== 0 && process.env["HOLDFAST_PEERS"] !== "required";
  if (absent) console.log(`skipped: ${peer} is not here (${probe.join(" ")})`);
  return describe.skipIf(absent);
}

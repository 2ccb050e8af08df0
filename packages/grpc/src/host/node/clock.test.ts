/** What the contract's stories cannot see of real timers: Node's 32-bit delays. */

import { expect, it } from "vitest";
import { nodeTimer } from "./clock.ts";

it("keeps a delay beyond 2^31 ms out of setTimeout, which would warn and ring at once", async () => {
  const warnings: string[] = [];
  const heard = (warning: Error): void => void warnings.push(warning.name);
  process.on("warning", heard);
  let rang = 0;
  // 2^32 ms: what a 32-bit delay would take for 0.
  const timers = [4_294_967_296, Infinity].map((delayMs) => nodeTimer(delayMs, () => rang++, true));
  await new Promise<void>((resolve) => nodeTimer(5, resolve, false));
  for (const timer of timers) timer.cancel();
  process.off("warning", heard);
  expect(warnings).toEqual([]);
  expect(rang).toBe(0);
});

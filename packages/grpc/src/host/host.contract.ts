/**
 * The one list of stories that every host must live up to, so that the simulated network is no kinder than the kernel.
 * Where the two differ, the world is changed. Run by `node-host.test.ts` and `../sim/sim-host.test.ts`.
 */

import { afterEach, beforeEach, describe } from "vitest";
import type { Harness } from "./harness.contract.ts";
import { describeTcp } from "./tcp.contract.ts";
import { describeTime } from "./time.contract.ts";
import { describeTls } from "./tls.contract.ts";
import { describeUnix } from "./unix.contract.ts";
import { describeZip } from "./zip.contract.ts";

/** `makeHarness` is called before each story. */
export function describeHostContract(name: string, makeHarness: () => Promise<Harness>): void {
  describe(`the host contract: ${name}`, () => {
    let harness: Harness | undefined;
    beforeEach(async () => {
      harness = await makeHarness();
    });
    afterEach(() => harness?.close());
    const given = (): Harness => {
      if (harness === undefined) throw new Error("a story asked for its harness too early");
      return harness;
    };
    describeTime(given);
    describeTcp(given);
    describeUnix(given);
    describeTls(given);
    describeZip(given);
  });
}

/** The examples of the lab, run as a reader would run them. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const examples = fileURLToPath(new URL("../../../../examples/", import.meta.url));
/** Some tens of calls and one deadline of 5 s; the rest is the machine's. */
const limitMs = 60_000;

describe("the examples of the lab", () => {
  it.each(["lab-grpc-js", "lab-connect", "lab-other-language"])(
    "%s",
    (name) => {
      const { status, stdout } = spawnSync(process.execPath, ["--test", `${examples}${name}/`], {
        encoding: "utf8",
        timeout: limitMs,
        // Node hides the output of a test within a test.
        env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      });
      if (/# skipped [1-9]/.test(stdout)) {
        console.log(`skipped in examples/${name}: ${/# SKIP (.*)/.exec(stdout)?.[1] ?? "no reason given"}`);
        expect(process.env["HOLDFAST_PEERS"], stdout).not.toBe("required");
      }
      expect(status, stdout).toBe(0);
    },
    limitMs,
  );
});

/**
 * Two projects: `unit` needs nothing but Node and is what `npm test` runs; `peers` meets programs of other people over
 * loopback (`npm run peers`), and says what it skipped unless HOLDFAST_PEERS=required.
 */
import { defineConfig } from "vitest/config";

const peers = "packages/*/test/peers/**/*.test.ts";

export default defineConfig({
  // The sources are run, not dist: the packages' exports carry a condition of that name.
  resolve: { conditions: ["holdfast-source"] },
  ssr: { resolve: { conditions: ["holdfast-source"], externalConditions: ["holdfast-source"] } },
  test: {
    testTimeout: 20_000, // far above any test here; it only turns a hang into a failure
    reporters: ["default", "./scripts/test/count-reporter.mjs"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "packages/*/src/**/*.test.ts",
            "packages/*/test/**/*.test.ts",
            "scripts/**/*.test.ts",
            "scripts/**/*.test.mjs",
            "conformance/**/*.test.mjs",
          ],
          exclude: [peers, "scripts/bad-examples/**"],
        },
      },
      { extends: true, test: { name: "peers", include: [peers] } },
    ],
  },
});

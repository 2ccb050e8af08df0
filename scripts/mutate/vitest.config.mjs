/** The tests of one folder, run in Stryker's copy of `packages/grpc`: the folder's name comes from `main.mjs`. */
import { folders } from "./folders.mjs";

let vitest;
/** A test file that does not even load has no test that fails: to Stryker's runner all would be well. */
const loadFailures = {
  onInit: (it) => (vitest = it),
  onTestModuleEnd: (file) => file.errors().forEach((error) => vitest.state.catchError(error, "does not load")),
};

export default {
  resolve: { conditions: ["holdfast-source"] },
  ssr: { resolve: { conditions: ["holdfast-source"], externalConditions: ["holdfast-source"] } },
  test: {
    include: folders[process.env["HOLDFAST_MUTATE"]].tests,
    reporters: [loadFailures],
    testTimeout: 120_000, // a slow machine is no proof; what never ends is Stryker's business
  },
};

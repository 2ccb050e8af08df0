/** The tests of one folder, run in Stryker's copy of `packages/grpc`: the folder's name comes from `main.mjs`. */
import { folders } from "./folders.mjs";

export default {
  resolve: { conditions: ["holdfast-source"] },
  ssr: { resolve: { conditions: ["holdfast-source"], externalConditions: ["holdfast-source"] } },
  test: { include: folders[process.env["HOLDFAST_MUTATE"]].tests },
};

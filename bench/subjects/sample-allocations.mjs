/**
 * Loaded before a program under test (`node --import`): samples what it allocates, garbage included, and writes the profile
 * to the path in HOLDFAST_ALLOCATIONS as the program ends.
 */
import fs from "node:fs";
import { Session } from "node:inspector";

const session = new Session();
session.connect();
session.post("HeapProfiler.startSampling", {
  samplingInterval: 16_384, // bytes: some ten thousand samples in a run
  includeObjectsCollectedByMajorGC: true,
  includeObjectsCollectedByMinorGC: true,
});
process.on("exit", () => {
  session.post("HeapProfiler.stopSampling", (error, { profile }) => {
    if (error === null) fs.writeFileSync(process.env["HOLDFAST_ALLOCATIONS"], JSON.stringify(profile));
  });
});

/** Loaded before a program under test (`node --import`): tells its CPU time and peak memory on descriptor 3 as it ends. */
import fs from "node:fs";

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  fs.writeSync(3, JSON.stringify({ cpuMicros: userCPUTime + systemCPUTime, peakKib: maxRSS }));
});

/**
 * The last word of a test run: what was skipped and why, then `N passed, N failed` alone on the last line. With
 * HOLDFAST_COUNTS set, the two numbers, the skips and the names of what failed also go into that file as JSON, for whoever
 * adds up several suites.
 */
import fs from "node:fs";

export default class CountReporter {
  /** After the other reporters' `onTestRunEnd`, because vitest calls reporters in the order of its configuration. */
  onTestRunEnd(modules, unhandledErrors) {
    const counts = countTests(modules, unhandledErrors.length);
    for (const skip of counts.skipped) console.log(`skipped: ${skip}`);
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    const file = process.env["HOLDFAST_COUNTS"];
    if (file !== undefined) fs.writeFileSync(file, JSON.stringify(counts));
  }
}

/** A file that cannot be loaded and an error that no test owns each count as one failure. */
export function countTests(modules, unhandledErrors) {
  const counts = { passed: 0, failed: unhandledErrors, skipped: [], failures: [] };
  if (unhandledErrors > 0) counts.failures.push(`${unhandledErrors} errors outside any test`);
  for (const module of modules) {
    let testsFailed = 0;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed") counts.passed++;
      else if (result.state === "failed") {
        testsFailed++;
        counts.failures.push(`${module.relativeModuleId}: ${test.fullName}`);
      } else counts.skipped.push(`${test.fullName}${reason(result, test)}`);
    }
    // A suite can fail outside its tests: an import, a beforeAll.
    if (!module.ok() && testsFailed === 0) {
      testsFailed = 1;
      counts.failures.push(module.relativeModuleId);
    }
    counts.failed += testsFailed;
  }
  return counts;
}

function reason(result, test) {
  const note = result.note ?? test.options?.mode;
  return note === undefined || note === "skip" ? "" : ` (${note})`;
}

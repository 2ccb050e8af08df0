/** The counts that a suite leaves in the file that HOLDFAST_COUNTS names, and how suites without counts are counted. */
import fs from "node:fs";

/**
 * What a finished run counts. A program that wrote no counts is one test, passed or failed by its exit status. One that
 * wrote none failed and yet ended badly has failed once: a crash after the last test must not get lost.
 */
export function readCounts(file, status) {
  const written = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : undefined;
  const crash = { failed: 1, failures: [`exit status ${status}`] };
  if (written === undefined)
    return { passed: status === 0 ? 1 : 0, failed: 0, skipped: [], failures: [], ...(status !== 0 && crash) };
  return status !== 0 && written.failed === 0 ? { ...written, ...crash } : written;
}

export function writeCounts(file, counts) {
  if (file !== undefined) fs.writeFileSync(file, JSON.stringify(counts));
}

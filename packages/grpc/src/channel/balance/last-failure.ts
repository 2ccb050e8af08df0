import type { TerminationReport } from "../../report/termination-report.ts";

/**
 * The report that tells best why nothing can be reached: the newest of an attempt to connect, or, if there was none,
 * the newest of a connection that was up and ended.
 */
export function lastFailure(
  subchannels: readonly { readonly lastReport: TerminationReport | undefined }[],
): TerminationReport | undefined {
  let best: TerminationReport | undefined;
  for (const { lastReport } of subchannels) {
    if (lastReport !== undefined && (best === undefined || isBetter(lastReport, best))) best = lastReport;
  }
  return best;
}

function isBetter(one: TerminationReport, other: TerminationReport): boolean {
  const neverUp = one.readyAtMs === undefined;
  return neverUp === (other.readyAtMs === undefined) ? one.endedAtMs > other.endedAtMs : neverUp;
}

import { expect, it } from "vitest";
import type { TerminationReport } from "../../report/termination-report.ts";
import { lastFailure } from "./last-failure.ts";

const ended = (endedAtMs: number, readyAtMs?: number) => ({
  lastReport: { endedAtMs, ...(readyAtMs === undefined ? {} : { readyAtMs }) } as TerminationReport,
});

it("prefers an attempt that never came up, then the newest", () => {
  const refused = ended(5);
  const refusedLater = ended(7);
  const drained = ended(9, 1);
  expect(lastFailure([drained, refused, { lastReport: undefined }, refusedLater])).toBe(refusedLater.lastReport);
  expect(lastFailure([drained, ended(8, 2)])).toBe(drained.lastReport);
  expect(lastFailure([{ lastReport: undefined }])).toBeUndefined();
});

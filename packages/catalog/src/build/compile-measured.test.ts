/** From a result's counts to the rates of a record, by the rules of docs/decisions/0008-rates-are-runs.md. */
import { describe, expect, it } from "vitest";
import { sampleFiles } from "../../test/build/sample-files.ts";
import { type SampleResult, sampleResult } from "../../test/build/sample-result.ts";
import { wilsonInterval } from "../rate/interval.ts";
import type { EntryRecord } from "../record/entry-record.ts";
import { compileCatalog } from "./compile-catalog.ts";
import { readSources } from "./read-sources.ts";

function recordWith(change: SampleResult = {}): EntryRecord {
  const files = new Map([...sampleFiles(), ["entries/tcp/one/measured.json", sampleResult(change)] as const]);
  const record = compileCatalog(readSources(files)).records.find(({ id }) => id === "tcp/one");
  if (record === undefined) throw new RangeError("the entry was left out");
  return record;
}

describe("a result beside an entry", () => {
  const record = recordWith();

  it("makes the entry's tier, and how sure its texts are", () => {
    expect(record.verification_tier).toBe("reproduced");
    expect(record.confidence).toBeCloseTo(wilsonInterval(20, 20)[0], 4);
  });

  it("makes the rates of what was tried, of the clients that showed the failure", () => {
    expect(record.workarounds[0]).toMatchObject({
      success_rate: 0.75,
      measured: { says: "sent again", trials: 20, survived: 15, executed_twice: 0, by: [{ client: "grpc-js" }] },
    });
    expect(record.dead_ends[0]).toMatchObject({ fail_rate: 1, measured: { trials: 20, survived: 0 } });
  });

  it("keeps the control, and names who did not show the failure and who could not be had", () => {
    expect(record.measured?.control).toMatchObject({ trials: 20, survived: 0, interval: [0, 0.1611] });
    expect(record.measured).toMatchObject({ not_reproduced: ["holdfast"], skipped: [{ client: "tonic" }] });
  });

  it("has a fix only in what executes no greater share twice than the control", () => {
    expect(record.fix_success_rate).toBe(0.75);
    expect(recordWith({ executedTwice: 1 }).fix_success_rate).toBeNull();
  });

  it("leaves everything open where no control failed", () => {
    const nothing = recordWith({ survived: 20 });
    expect(nothing).toMatchObject({ verification_tier: "observed", confidence: null, measured: null });
    expect(nothing.workarounds[0]).toMatchObject({ success_rate: null, measured: null });
  });

  it("is refused with the field that is wrong", () => {
    const text = sampleResult().replace('"seed":1', '"seed":-1');
    const { problems } = readSources(new Map([...sampleFiles(), ["entries/tcp/one/measured.json", text] as const]));
    expect(problems).toMatchObject([{ file: "entries/tcp/one/measured.json", field: "seed" }]);
  });
});

/** What `holdfast prove` shows and judges, from counts alone; the runs themselves are the lab's to test. */
import { describe, expect, it } from "vitest";
import type { TrialOutcome } from "@holdfast/lab/experiment";
import { noPaint } from "../demo/paint.ts";
import { compareRates } from "./agreement.ts";
import { barOf, noTrialYet, tallied, tallyWords } from "./arm-bar.ts";
import type { CountedRow } from "./counted-row.ts";
import { proveTable } from "./prove-table.ts";
import { printedTexts, textComplaints } from "./text-rule.ts";

function row(arm: string, survived: number, executedTwice = 0): CountedRow {
  return { client: "grpc-js", arm, trials: 60, survived, executedTwice, neverSettled: 0 };
}

function outcome(kind: TrialOutcome["kind"], more: Partial<TrialOutcome> = {}): TrialOutcome {
  return { trial: 1, kind, neverSettled: false, executedTwice: false, ...more };
}

describe("agreement", () => {
  it("is that the interval of the difference holds 0", () => {
    const compared = compareRates([row("control", 0), row("retry", 60, 30)], [row("control", 2), row("retry", 60, 5)]);
    const apart = compared.filter(({ agrees }) => !agrees).map(({ arm, rate }) => `${arm} ${rate}`);
    expect(compared).toHaveLength(6);
    expect(apart).toEqual(["retry executedTwice"]);
  });

  it("asks for more certainty where a chance alarm would stop others", () => {
    const given = [[row("control", 10)], [row("control", 22)]] as const;
    expect(compareRates(...given).every(({ agrees }) => agrees)).toBe(false);
    expect(compareRates(...given, 4).every(({ agrees }) => agrees)).toBe(true);
  });

  it("says nothing of what was not counted before", () => {
    expect(compareRates([], [row("control", 3)])).toEqual([]);
  });
});

describe("a bar", () => {
  it("has survivors, failures and what is to come, and broken trials in none of them", () => {
    const tally = [
      outcome("survived"),
      outcome("survived", { executedTwice: true }),
      outcome("failed", { neverSettled: true }),
      outcome("broken"),
    ].reduce(tallied, noTrialYet);
    expect(barOf(tally, 8, 8, noPaint)).toBe("██▒·····");
    expect(tallyWords(tally, noPaint)).toBe("2/3 survived · 1 twice · 1 unsettled · 1 broken");
  });
});

describe("the table", () => {
  it("puts now beside what is published, and fits 80 columns", () => {
    const now = [row("control", 0), row("retry", 60, 30)];
    const published = [row("retry", 60, 4)];
    const lines = proveTable({ now, published, compared: compareRates(published, now) }, noPaint);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "             now                            published                      agree
                   survived       twice unsettled survived       twice unsettled

      nothing done
      grpc-js      0/60 0–6%      0     0         –                              –

      retry
      grpc-js      60/60 94–100%  30    0         60/60 94–100%  4     0         no"
    `);
  });
});

describe("the text rule", () => {
  const failed = (text: string): TrialOutcome =>
    outcome("failed", { failure: { code: "UNAVAILABLE", text, masked: text } });

  it("is kept by a text that explain gives to the entry", () => {
    const texts = printedTexts({ entry: "tcp/fin-inflight" }, "grpc-js", [
      failed("14 UNAVAILABLE: Connection dropped"),
    ]);
    expect(texts).toMatchObject([{ count: 1, named: true }]);
    expect(textComplaints("tcp/fin-inflight", "grpc-js", texts)).toEqual([]);
  });

  it("takes what a client without gRPC prints as a program logs it", () => {
    const other = [failed("SocketError: other side closed { code: 'UND_ERR_SOCKET' }")];
    expect(printedTexts({ entry: "tcp/fin-inflight" }, "undici", other)).toMatchObject([{ named: true }]);
    expect(printedTexts({ entry: "tcp/fin-inflight" }, "grpc-js", other)).toMatchObject([{ named: false }]);
  });

  it("is kept by a text of an entry that the experiment names", () => {
    const refused = [failed("14 UNAVAILABLE: Stream refused by server")];
    const texts = (also: readonly string[]) => printedTexts({ entry: "tcp/fin-inflight", also }, "grpc-js", refused);
    expect(texts([])).toMatchObject([{ named: false }]);
    expect(texts(["grpc/goaway-unprocessed-stream"])).toMatchObject([{ named: true }]);
  });

  it("names the client, the text and what explain said", () => {
    const texts = printedTexts({ entry: "tcp/fin-inflight" }, "grpc-js", [failed("14 UNAVAILABLE: the moon is full")]);
    expect(textComplaints("tcp/fin-inflight", "grpc-js", texts)).toEqual([
      expect.stringMatching(/^tcp\/fin-inflight: grpc-js printed 1 × "14 UNAVAILABLE: the moon is full"; explain /),
    ]);
  });
});

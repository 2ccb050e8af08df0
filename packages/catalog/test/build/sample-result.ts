/** A result of the sample's first entry, in the form of `measured.json`; tests change one thing at a time. */

import type { MeasuredClient, MeasuredFile } from "../../src/record/measured-file.ts";

export interface SampleResult {
  /** Of the control's 20 trials. */
  readonly survived?: number;
  /** The treatment's id. */
  readonly treatment?: string;
  /** What the control prints. */
  readonly example?: string;
  /** Of the treatment's 20 trials. */
  readonly executedTwice?: number;
}

const trials = 20;

function arm(survived: number, executed_twice = 0): MeasuredClient["treatments"][string] {
  const failed = survived === trials ? {} : { UNAVAILABLE: trials - survived };
  return { trials, survived, failed, executed_twice, never_settled: 0, broken: 0 };
}

export function sampleResult(change: SampleResult = {}): string {
  const { survived = 0, treatment = "again", executedTwice = 0 } = change;
  const example = change.example ?? "Error: 14 UNAVAILABLE: Stream 7 was lost";
  const count = trials - survived;
  const text = example.replace(/^.*UNAVAILABLE: /, "");
  const result: MeasuredFile = {
    experiment: "npm run prove -- tcp/one --seed 1",
    says: "The peer leaves.",
    tier: "reproduced",
    seed: 1,
    date: "2026-01-02",
    trials,
    stop_rule: "none",
    machine: { cores: 2, system: "linux x64" },
    treatments: { [treatment]: "sent again" },
    clients: [
      {
        client: "grpc-js",
        versions: { "@grpc/grpc-js": "1.0.0" },
        stopped_early: false,
        control: {
          ...arm(survived),
          printed: count,
          named: count,
          texts: count === 0 ? [] : [{ text, count, example, named: true }],
        },
        treatments: { [treatment]: arm(15, executedTwice), ...(treatment === "again" ? { wait: arm(0) } : {}) },
        not_set: [],
      },
      {
        client: "holdfast",
        versions: { holdfast: "0.1.0" },
        stopped_early: true,
        control: { ...arm(trials), printed: 0, named: 0, texts: [] },
        treatments: {},
        not_set: [],
      },
    ],
    skipped: [{ client: "tonic", why: "no cargo here" }],
    recording: { client: "grpc-js", frames: [{ at_ms: 0, connection: 1, from: "server", frame: "TCP FIN" }] },
  };
  return JSON.stringify(result);
}

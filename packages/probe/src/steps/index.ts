/** The steps of a diagnosis, and what runs them. */

export { type Diagnosis, type DiagnoseOptions, diagnose, steps } from "./diagnose.ts";
export { type FindingId, findingEntries } from "./finding-entries.ts";
export type { Fact, Finding, ProbeTarget, Step, StepId, StepResult, TraceLine, Verdict } from "./step.ts";

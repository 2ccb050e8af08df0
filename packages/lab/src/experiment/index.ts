/** `@holdfast/lab/experiment`: experiments found and run, with what was counted. */

export { armLines } from "./arm-lines.ts";
export type { TrialOutcome } from "./count.ts";
export { type ClientId, clientIds, type Experiment } from "./experiment.ts";
export { experimentIds, loadExperiment } from "./load-experiment.ts";
export type { ArmCount } from "./outcome.ts";
export type { RecordedFrame } from "./recorded-frame.ts";
export type { ArmRun } from "./run-arm.ts";
export {
  type ArmResult,
  type ExperimentOptions,
  type ExperimentRun,
  type Progress,
  runExperiment,
} from "./run-experiment.ts";

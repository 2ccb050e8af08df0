/** `@holdfast/lab/demo`: the rolling restart that `holdfast demo` shows. Loaded by that command alone, on demand. */

export { Demo } from "./demo.ts";
export {
  clientNames,
  type ClientName,
  type DemoPlan,
  killStyles,
  type KillStyle,
  methodNames,
  type MethodName,
  restartEveryMs,
  serverKinds,
  type ServerKind,
} from "./demo-plan.ts";
export { DemoTrouble } from "./demo-trouble.ts";
export type { ClientView, DemoResult, DemoView, MethodView } from "./demo-view.ts";
export { type Restart, restartPlan } from "./restart-plan.ts";
export type { CallRecord, FailedCall, NamedFailure } from "./tally.ts";
export { whyNoGrpcio } from "./python.ts";
export { type Breach, type PromiseId, type Verdict } from "./verdict.ts";

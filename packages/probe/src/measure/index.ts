/** `@holdfast/probe/measure`: what nobody says about a server or the hops before it, measured from outside. */

export { watchDrain } from "./drain.ts";
export type { Bounds, Finding, MeasureId, Plan } from "./measure.ts";
export { defaultForMs, leastForMs, measureIds } from "./measure.ts";
export { type MeasurePlan, planMeasures, runMeasures } from "./run-measures.ts";
export { Surroundings, type SurroundingsOptions, type Target } from "./surroundings.ts";
export { stepOf, withMeasured } from "./with-measured.ts";

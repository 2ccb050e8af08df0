/** The face `@holdfast/catalog/rate`: how sure a counted rate is. Pure; loads nothing. */

export { wilsonInterval, type Interval } from "./interval.ts";
export { differenceInterval, mayBeEqual, type Counted } from "./newcombe.ts";

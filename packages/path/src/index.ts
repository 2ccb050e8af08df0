export { FactFault } from "./facts/fact-fault.ts";
export type { PathFacts } from "./facts/path-facts.ts";
export { readFacts } from "./facts/read-facts.ts";
export type { Path } from "./hops/path.ts";
export { planPath } from "./plan/plan-path.ts";
export type { PathPlan } from "./plan/plan.ts";
export { checkPath } from "./rules/check-path.ts";
export { pathRules } from "./rules/rules-table.ts";

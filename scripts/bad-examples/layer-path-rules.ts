// As packages/path/src/rules/x.ts
import { planPath } from "../plan/plan-path.ts";

export const x = planPath;

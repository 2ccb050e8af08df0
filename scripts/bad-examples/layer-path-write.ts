// As packages/path/src/write/x.ts
import { planPath } from "../plan/plan-path.ts";

export const x = planPath;

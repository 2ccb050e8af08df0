// As packages/path/src/article/x.ts
import { planPath } from "../plan/plan-path.ts";

export const x = planPath;

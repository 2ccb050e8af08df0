// As packages/path/src/plan/x.ts
import { pathRules } from "../rules/rules-table.ts";

export const x = pathRules;

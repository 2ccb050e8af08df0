// As packages/path/src/facts/x.ts
import { pathRules } from "../rules/rules-table.ts";

export const x = pathRules;

export { checkPath, type Finding, type Judgement, type OpenQuestion } from "./check-path.ts";
export type { Broken, Rule, SettingName, Severity } from "./rule.ts";
export { pathRules, ruleGroups } from "./rules-table.ts";
export { type Source, type SourceId, sourceTable } from "./sources-table.ts";

/** All rules of a path, in the order in which they are shown. An id is never used for anything else. */

import { ageRules } from "./age-rules-table.ts";
import { balanceRules } from "./balance-rules-table.ts";
import { drainRules } from "./drain-rules-table.ts";
import { keepaliveRules } from "./keepalive-rules-table.ts";
import { limitRules } from "./limit-rules-table.ts";
import { networkRules } from "./network-rules-table.ts";
import type { Rule } from "./rule.ts";
import { timerRules } from "./timer-rules-table.ts";
import { typedRules } from "./typed-rules-table.ts";

export const pathRules: readonly Rule[] = [
  ...keepaliveRules,
  ...ageRules,
  ...timerRules,
  ...drainRules,
  ...limitRules,
  ...balanceRules,
  ...networkRules,
  ...typedRules,
];

/** A group's first letters → what it is about. */
export const ruleGroups = {
  ka: "Keepalive",
  ag: "Age, idleness and GOAWAY",
  st: "Timers on calls",
  dr: "Drain, shutdown, deploys",
  lm: "Limits, sizes, retries",
  hl: "Health and balancing",
  nw: "Below HTTP/2",
  cs: "What was typed",
} as const;

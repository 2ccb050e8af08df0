/** All rules of the gate, in the order in which their findings are read best: what cannot be read first. */

import { chineseRules } from "./chinese-rules.ts";
import type { GateRule } from "./gate-rule.ts";
import { graphRules } from "./graph-rules.ts";
import { idRules } from "./id-rules.ts";
import { measuredRules } from "./measured-rules.ts";
import { signatureRules } from "./signature-rules.ts";
import { sourceRules } from "./source-rules.ts";

export const gateRules: readonly GateRule[] = [
  ...sourceRules,
  ...measuredRules,
  ...signatureRules,
  ...graphRules,
  ...idRules,
  ...chineseRules,
];

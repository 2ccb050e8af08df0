/** A whole text explained at once. The stream behind it is `patient-explainer.ts`. */

import type { Matcher } from "../match/matcher.ts";
import type { ExplainOptions, Explanation } from "./explanation.ts";
import { createPatientExplainer } from "./patient-explainer.ts";

/** Never throws on what the text holds. */
export function explainWith(matcher: Matcher, input: string | Uint8Array, options: ExplainOptions = {}): Explanation {
  const explainer = createPatientExplainer(matcher, options);
  explainer.push(typeof input === "string" ? new TextEncoder().encode(input) : input);
  return explainer.end();
}

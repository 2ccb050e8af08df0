/** A diagnosis as JSON. Owns its name and version; the fields are those of `Diagnosis`, and stay. */

import type { Diagnosis } from "../steps/diagnose.ts";

export const reportFormat = "holdfast-diagnosis/1";

export function diagnosisJson(diagnosis: Diagnosis): string {
  return `${JSON.stringify({ format: reportFormat, ...diagnosis }, undefined, 2)}\n`;
}

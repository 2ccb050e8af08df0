/** Puts what was measured into a diagnosis, as steps behind the others, so that every form of the report has it. */

import type { Diagnosis } from "../steps/diagnose.ts";
import type { StepResult } from "../steps/step.ts";
import type { Finding } from "./measure.ts";

/** A step that was measured, with its figures for programs. */
interface MeasuredStep extends StepResult {
  readonly measured: Finding["facts"];
}

/** @param tookMs How long the measuring took. */
export function withMeasured(diagnosis: Diagnosis, findings: readonly Finding[], tookMs: number): Diagnosis {
  const steps = [...diagnosis.steps, ...findings.map((finding) => stepOf(finding))];
  const verdicts = steps.map(({ verdict }) => verdict);
  const verdict = verdicts.includes("failed") ? "failed" : verdicts.includes("doubtful") ? "doubtful" : "well";
  return { ...diagnosis, steps, verdict, tookMs: diagnosis.tookMs + tookMs };
}

export function stepOf(finding: Finding): MeasuredStep {
  const { id, title, verdict, words, facts, evidence, advice, catalogId } = finding;
  const entry = catalogId === undefined ? {} : { catalogId };
  const found = verdict === "doubtful" || verdict === "failed";
  const [first = words, ...more] = advice;
  return {
    id,
    title,
    headline: words,
    verdict,
    findings: found ? [{ id: `measured-${id}`, verdict, text: first, advice: more.join(" "), ...entry }] : [],
    facts: [
      ...(found ? [] : advice.map((value) => ({ name: "means", value }))),
      ...evidence.map((value) => ({ name: "seen", value })),
      ...(found || catalogId === undefined ? [] : [{ name: "catalog", value: catalogId }]),
    ],
    tookMs: 0,
    measured: facts,
  };
}

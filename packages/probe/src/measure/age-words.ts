/** Says what was found out about the connection age, and what it means for settings. Pure; rules AG of docs/measured.md. */

import { durationText } from "@holdfast/grpc/report";
import { type AgeLife, type AgeVerdict, betweenGoaways, type Grace } from "./age-policy.ts";
import { endText, endWord } from "./end-text.ts";
import type { Finding } from "./measure.ts";

const common = { id: "age", title: "Connection age" } as const;

export function ageFinding(verdict: AgeVerdict, lives: readonly AgeLife[]): Finding {
  const evidence = lives.map(lifeLine);
  switch (verdict.kind) {
    case "aged":
      return agedFinding(verdict, lives, evidence);
    case "calls":
      return {
        ...common,
        verdict: "doubtful",
        words: `Each connection is told to go after ${verdict.calls} calls, whatever its age. ${graceText(verdict.grace)}`,
        facts: { calls: verdict.calls, ...graceFacts(verdict.grace) },
        evidence,
        advice: [
          "Raise the limit far above the calls of an hour (nginx keepalive_requests, Envoy max_requests_per_connection), " +
            "and retry UNAVAILABLE: what is on its way as the GOAWAY comes is refused.",
        ],
        catalogId: "nginx/graceful-goaway",
      };
    case "restart":
      return {
        ...common,
        verdict: "skipped",
        words: `All connections ended at one moment, ${durationText(verdict.afterMs)} after the youngest began: a restart or a deploy, not an age.`,
        facts: {},
        evidence,
        advice: ["Measure again, or look at the restart itself with --watch."],
      };
    case "none":
      return {
        ...common,
        verdict: "well",
        words: `No connection with calls was told to go in ${durationText(verdict.forMs)}.`,
        facts: { aboveMs: Math.round(verdict.forMs) },
        evidence,
        advice: [
          "Without an age, clients that stay connected never find servers that were added later (HL-02); usual are 5 to 30 min.",
        ],
      };
    case "unknown":
      return { ...common, verdict: "skipped", words: `Not measured: ${verdict.why}.`, facts: {}, evidence, advice: [] };
  }
}

type Aged = Extract<AgeVerdict, { readonly kind: "aged" }>;

function agedFinding(verdict: Aged, lives: readonly AgeLife[], evidence: readonly string[]): Finding {
  const { fromMs, toMs, settingMs, jitter, by, grace, ended, of } = verdict;
  const gap = lives.map(({ life }) => betweenGoaways(life.goaways)).find((text) => text !== undefined);
  const twice = gap === undefined ? "once" : `twice, ${gap} apart`;
  const range = jitter ? `between ${durationText(fromMs)} and ${durationText(toMs)}` : `after ${durationText(toMs)}`;
  const count = ended === of ? `${of} connections` : `${ended} of ${of} connections`;
  const how = by === "goaway" ? `was told to go by GOAWAY, ${twice},` : `ended by ${endWord(by)} without GOAWAY`;
  const setting = jitter
    ? `: a setting of about ${durationText(settingMs)} with a jitter of a tenth`
    : ", without jitter";
  return {
    ...common,
    verdict: by === "goaway" && grace.kind !== "cut" ? "well" : "doubtful",
    words: `Each of ${count} ${how} ${range} although calls went on${setting}. ${graceText(grace)}`,
    facts: {
      ageMs: Math.round(settingMs),
      fromMs: Math.round(fromMs),
      toMs: Math.round(toMs),
      jitter,
      end: by,
      connections: ended,
      ...graceFacts(grace),
    },
    evidence,
    advice: [...ageAdvice(verdict), ...graceAdvice(grace)],
    catalogId: grace.kind === "cut" ? "server/max-connection-age-grace-kill" : "server/max-connection-age",
  };
}

function ageAdvice({ by, jitter, settingMs, ended }: Aged): string[] {
  const advice: string[] = [];
  if (by !== "goaway") {
    advice.push("Nobody warns: calls that are open then fail. Look for a hop with a limit on a connection's life.");
  } else
    advice.push(
      "Clients need a retry of UNAVAILABLE for the call that is on its way as the GOAWAY comes; most libraries do it once by themselves.",
    );
  if (!jitter && ended > 1)
    advice.push(
      "Without jitter clients that began together come back together: spread the setting over the replicas (AG-10).",
    );
  if (settingMs < 60_000) advice.push("An age below a minute spends its time on handshakes (AG-12): 5 min or more.");
  return advice;
}

function graceText(grace: Grace): string {
  switch (grace.kind) {
    case "cut":
      return `A stream that was open then was cut ${durationText(grace.afterMs)} after the GOAWAY (${grace.outcome}).`;
    case "at-least":
      return `A stream that was open then went on for ${durationText(grace.forMs)} and more.`;
    case "unknown":
      return `What becomes of open streams was not seen: ${grace.why}.`;
  }
}

function graceFacts(grace: Grace): Record<string, number | string> {
  if (grace.kind === "cut") return { graceMs: Math.round(grace.afterMs), graceEnd: grace.outcome };
  return grace.kind === "at-least" ? { graceAboveMs: Math.round(grace.forMs) } : {};
}

function graceAdvice(grace: Grace): string[] {
  if (grace.kind !== "cut") return [];
  return [
    `Calls longer than ${durationText(grace.afterMs)} are cut at the end of a connection's life (AG-01): a grace above the longest call ` +
      "(grpc-go MaxConnectionAgeGrace, grpc.max_connection_age_grace_ms), or streams that end themselves and are taken up again.",
  ];
}

function lifeLine({ habit, life, held }: AgeLife): string {
  const calls = `a call every ${durationText(habit.everyMs)} (${life.calls.length})`;
  const stream =
    held === undefined
      ? ""
      : `, a stream held open: ${held.endedMs === undefined ? "not ended" : `${held.outcome ?? "ended"} after ${durationText(held.endedMs)}`}`;
  return `${calls}${stream}: ${endText(life)}`;
}

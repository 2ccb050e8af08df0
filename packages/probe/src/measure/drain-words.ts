/** Says how a server left and came back, and what clients will have seen of it. Pure; rules DR of docs/measured.md. */

import { durationText } from "@holdfast/grpc/report";
import type { DrainSeen, DrainVerdict } from "./drain-policy.ts";
import { endText, endWord } from "./end-text.ts";
import type { Finding } from "./measure.ts";

const common = { id: "watch", title: "Restart" } as const;

export function drainFinding(seen: DrainSeen | undefined, verdict: DrainVerdict | undefined, forMs: number): Finding {
  if (seen === undefined || verdict?.began === undefined) {
    const words =
      seen === undefined ? "Not watched: no connection came up." : `No restart was seen in ${durationText(forMs)}.`;
    return { ...common, verdict: "skipped", words, facts: {}, evidence: [], advice: [] };
  }
  const { late, goaways, waitsRoundTrip, closedBy, downMs, lameDuckMs, gapMs, farGapMs, warns } = verdict;
  const lost = late.lost.reduce((sum, { count }) => sum + count, 0);
  const clean = warns && waitsRoundTrip && lost === 0 && late.unprocessed === 0 && closedBy !== "rst";
  return {
    ...common,
    verdict: goaways === 0 || lost > 0 ? "failed" : clean ? "well" : "doubtful",
    words: [beganWords(verdict), lateWords(verdict), heldWords(seen), backWords(verdict)].join(" "),
    facts: {
      began: verdict.began,
      goaways,
      warns,
      waitsRoundTrip,
      ...(gapMs === undefined ? {} : { gapMs: Math.round(gapMs) }),
      ...(farGapMs === undefined ? {} : { farGapMs: Math.round(farGapMs) }),
      ...(lameDuckMs === undefined ? {} : { lameDuckMs: Math.round(lameDuckMs) }),
      lateSent: late.sent,
      lateServed: late.served,
      lateUnprocessed: late.unprocessed,
      lateLost: lost,
      ...(closedBy === undefined ? {} : { closedBy }),
      ...(downMs === undefined ? {} : { downMs: Math.round(downMs) }),
    },
    evidence: evidenceLines(seen, verdict),
    advice: drainAdvice(verdict, lost),
    catalogId: entryFor(verdict, lost),
  };
}

function beganWords({ began, goaways, gapMs, farGapMs, waitsRoundTrip, lameDuckMs }: DrainVerdict): string {
  const duck = lameDuckMs === undefined ? "" : `Health said NOT_SERVING ${durationText(lameDuckMs)} before. `;
  if (began !== "goaway") return `${duck}It left by ${endWord(began ?? "error")} without GOAWAY.`;
  if (goaways === 1) return `${duck}It left with one GOAWAY, which named its last stream at once.`;
  const apart = `${durationText(gapMs ?? 0)} apart next door and ${durationText(farGapMs ?? 0)} apart far away`;
  return waitsRoundTrip
    ? `${duck}It left with ${goaways} GOAWAYs, ${apart}: it waits a round trip.`
    : `${duck}It left with ${goaways} GOAWAYs, ${apart}: it does not wait for a round trip.`;
}

function lateWords({ late }: DrainVerdict): string {
  if (late.sent === 0) return "No call was on its way then.";
  const parts: string[] = [];
  if (late.served > 0) parts.push(`${late.served} served`);
  if (late.unprocessed > 0) parts.push(`${late.unprocessed} turned away unprocessed`);
  for (const { outcome, count } of late.lost) parts.push(`${count} lost (${outcome})`);
  return `Of ${late.sent} calls that were on their way, ${parts.join(", ")}.`;
}

function heldWords({ watch, near }: DrainSeen): string {
  const [first] = near.goaways;
  if (watch?.endedMs === undefined || first === undefined) return "The stream that was held open went on.";
  const afterMs = durationText(Math.max(0, watch.endedMs - first.atMs));
  return `The stream that was held open ended ${afterMs} later (${watch.outcome ?? "without a status"}).`;
}

function backWords({ closedBy, closedMs, downMs }: DrainVerdict): string {
  const closed =
    closedBy === undefined
      ? "Its connections were not closed."
      : `Its connections ended by ${endWord(closedBy)}${closedMs === undefined ? "" : `, ${durationText(closedMs)} after the first sign`}.`;
  if (downMs === undefined) return `${closed} It did not come back while we looked.`;
  return downMs === 0
    ? `${closed} New connections were taken all the time.`
    : `${closed} For ${durationText(downMs)} nobody took new connections.`;
}

function drainAdvice({ goaways, waitsRoundTrip, late, closedBy, downMs }: DrainVerdict, lost: number): string[] {
  const advice: string[] = [];
  if (goaways === 0)
    advice.push(
      "Calls that were open failed, and may have run: stop gracefully first (DR-03), and give it the time (DR-01).",
    );
  if (goaways > 0 && !waitsRoundTrip) {
    advice.push(
      "Calls on their way as it leaves depend on each client's transparent retry, once a call: clients need a retry policy for UNAVAILABLE (DR-12).",
    );
  }
  if (lost > 0)
    advice.push("Calls that arrive late are failed instead of refused: no client may send them again by itself.");
  if (late.unprocessed > 0)
    advice.push("Calls that are turned away unprocessed are safe to send again, and most clients do so once.");
  if (closedBy === "rst")
    advice.push(
      "The RST throws away what the server had said last; it closes while bytes of the client are unread (no lingering close).",
    );
  if (downMs !== undefined && downMs > 0) {
    advice.push(
      "While nobody listens clients see connection refused: a second replica, or a preStop delay before the listener closes (DR-02, DR-13).",
    );
  }
  return advice;
}

function entryFor({ goaways, late, closedBy, downMs }: DrainVerdict, lost: number): string {
  if (goaways === 0) return "server/abrupt-stop";
  if (late.lost.some(({ outcome }) => outcome === "CANCELLED")) return "grpc/stream-interrupted-by-shutdown";
  if (lost > 0) return "grpc/goaway-then-connection-closed";
  if (closedBy === "rst") return "grpcjs/goaway-then-tcp-reset-internal-0";
  if (late.unprocessed > 0) return "grpc/goaway-unprocessed-stream";
  return downMs !== undefined && downMs > 0 ? "k8s/rolling-restart-endpoint-race" : "grpc/goaway-inflight-continues";
}

function evidenceLines(seen: DrainSeen, { closedBy }: DrainVerdict): string[] {
  const { near, far, quiet, watch, told, attempts, backMs, before, after, roundTripMs } = seen;
  const lines = [`next door, a watch and calls: ${endText(near)}`];
  if (far !== undefined)
    lines.push(`far away (${durationText(roundTripMs)} of round trip more), many calls: ${endText(far)}`);
  if (quiet !== undefined) lines.push(`not used: ${endText(quiet)}`);
  const statuses = told.map(({ atMs, status }) => `${status} at ${durationText(atMs)}`);
  const end =
    watch?.endedMs === undefined ? "not ended" : `${watch.outcome ?? "ended"} at ${durationText(watch.endedMs)}`;
  lines.push(`the watch told ${statuses.length === 0 ? "nothing" : statuses.join(", ")}; ${end}`);
  const refused = attempts.filter(({ came }) => !came).length;
  lines.push(
    `${attempts.length} attempts to connect, ${refused} turned away${backMs === undefined ? "" : `; back after ${durationText(backMs)}`}`,
  );
  if (after !== undefined)
    lines.push(after === before ? `SETTINGS as before: ${after}` : `SETTINGS before: ${before}; now: ${after}`);
  if (closedBy === "goaway") lines.push("a connection was not closed after its GOAWAY");
  return lines;
}

/** Says how a server left and came back, and what clients will have seen of it. Pure; rules DR of docs/measured.md. */

import { durationText } from "@holdfast/grpc/report";
import type { DrainManner, DrainSeen, DrainVerdict, FailedBehind } from "./drain-policy.ts";
import { endText, endWord } from "./end-text.ts";
import { firstWord } from "./life.ts";
import type { Finding } from "./measure.ts";

const common = { id: "watch", title: "Restart" } as const;

export function drainFinding(seen: DrainSeen | undefined, verdict: DrainVerdict | undefined, forMs: number): Finding {
  if (seen === undefined || verdict === undefined)
    return { ...nothing, words: "Not watched: no connection came up.", evidence: [] };
  if (verdict.began !== undefined) return restartFinding(seen, verdict);
  if (verdict.behind !== undefined) return behindFinding(seen, verdict.behind, verdict.longestMs);
  const alone = seen.leftAlone.length === 0 ? "" : " Connections left one at a time, while others stayed.";
  const slow = verdict.longestMs < slowMs ? "" : ` One call waited ${durationText(verdict.longestMs)} for its answer.`;
  return {
    ...nothing,
    words: `No restart was seen in ${durationText(forMs)}.${slow}${alone}`,
    evidence: heldLines(seen),
  };
}

/** A proxy that holds calls until its server is back shows by this, ms: far above a round trip here. */
const slowMs = 1_000;

const nothing = { ...common, verdict: "skipped", facts: {}, advice: [] } as const;

function restartFinding(seen: DrainSeen, verdict: DrainVerdict): Finding {
  const { late, goaways, manner, waitsRoundTrip, closedBy, closedMs, downMs, lameDuckMs, gapMs, farGapMs } = verdict;
  const lost = late.lost.reduce((sum, { count }) => sum + count, 0);
  const clean = waitsRoundTrip && lost === 0 && late.unprocessed === 0 && closedBy !== "rst";
  return {
    ...common,
    verdict: goaways === 0 || lost > 0 ? "failed" : clean ? "well" : "doubtful",
    words: [beganWords(verdict), lateWords(verdict), heldWords(seen), backWords(verdict)].join(" "),
    facts: {
      began: verdict.began ?? "error",
      goaways,
      manner,
      waitsRoundTrip,
      ...rounded({ gapMs, farGapMs, lameDuckMs }),
      lateSent: late.sent,
      lateServed: late.served,
      lateUnprocessed: late.unprocessed,
      lateLost: lost,
      ...(seen.watch?.outcome === undefined ? {} : { openStream: seen.watch.outcome }),
      ...(closedBy === undefined ? {} : { closedBy }),
      ...rounded({ closedMs, downMs }),
    },
    evidence: evidenceLines(seen, verdict),
    advice: drainAdvice(verdict, lost),
    catalogId: entryFor(seen, verdict, lost),
  };
}

function rounded(times: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(times).flatMap(([name, ms]) => (ms === undefined ? [] : [[name, Math.round(ms)]])),
  );
}

/** Connections stayed, and calls on them failed. */
function behindFinding(seen: DrainSeen, { failed, of, outcomes, forMs }: FailedBehind, longestMs: number): Finding {
  const how = outcomes.map(({ outcome, count }) => `${count} ${outcome}`).join(", ");
  const back = forMs === undefined ? "; no call was served again while we looked" : ` within ${durationText(forMs)}`;
  const slow = longestMs < slowMs ? "" : ` One that was served waited ${durationText(longestMs)}.`;
  return {
    ...common,
    verdict: "failed",
    words: `No connection was told to leave, and ${failed} of ${of} calls failed (${how})${back}.${slow} What restarted is behind the one that answers here.`,
    facts: { began: "behind", failed, of, ...rounded({ downMs: forMs }) },
    evidence: heldLines(seen),
    advice: [
      "A proxy hides its servers' GOAWAYs and turns their absence into errors: a second replica that takes over, and a preStop delay before the listener closes (DR-02, DR-13).",
      "Clients see a status and no sign that the call was not processed: what may be sent again is theirs to say, by a retry policy (DR-12).",
    ],
    catalogId: outcomes.some(({ outcome }) => outcome.startsWith("HTTP "))
      ? "proxy/http-error-instead-of-grpc"
      : "k8s/rolling-restart-endpoint-race",
  };
}

function beganWords(verdict: DrainVerdict): string {
  const { lameDuckMs, began, manner } = verdict;
  const duck = lameDuckMs === undefined ? "" : `Health said NOT_SERVING ${durationText(lameDuckMs)} before. `;
  return (
    duck +
    (began === "goaway" ? mannerWords(verdict, manner) : `It left by ${endWord(began ?? "error")} without GOAWAY.`)
  );
}

function mannerWords({ goaways, gapMs, farGapMs, waitsRoundTrip }: DrainVerdict, manner: DrainManner): string {
  const apart = `${durationText(gapMs ?? 0)} apart next door and ${durationText(farGapMs ?? 0)} apart far away`;
  switch (manner) {
    case "two-phase":
      return `It left with ${goaways} GOAWAYs, ${apart}: it ${waitsRoundTrip ? "waits" : "does not wait for"} a round trip.`;
    case "named-at-once":
      return `It left with a GOAWAY that named its last stream at once${goaways > 1 ? `; another came ${durationText(gapMs ?? 0)} later` : ""}.`;
    case "never-named":
      return "It left with GOAWAY, and never named its last stream (2^31-1).";
    case "no-goaway":
      return "It left without GOAWAY.";
  }
}

function lateWords({ late }: DrainVerdict): string {
  if (late.sent === 0) return "No call was on its way then.";
  const parts: string[] = [];
  if (late.served > 0) parts.push(`${late.served} served`);
  if (late.unprocessed > 0) parts.push(`${late.unprocessed} turned away unprocessed`);
  for (const { outcome, count } of late.lost) parts.push(`${count} lost (${outcome})`);
  return `Of ${late.sent} calls that were on their way, ${parts.join(", ")}.`;
}

function heldWords({ watch, told, near }: DrainSeen): string {
  const word = firstWord(near);
  if (watch?.endedMs === undefined || word === undefined) return "The stream that was held open went on.";
  const outcome = watch.outcome ?? "without a status";
  if (told.length === 0) return `No stream was held open (${outcome}).`;
  if (watch.endedMs < word.atMs - slowMs)
    return `The stream that was held open had ended ${durationText(word.atMs - watch.endedMs)} before (${outcome}).`;
  return `The stream that was held open ended ${durationText(Math.max(0, watch.endedMs - word.atMs))} later (${outcome}).`;
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

function drainAdvice(
  { goaways, manner, waitsRoundTrip, late, closedBy, downMs }: DrainVerdict,
  lost: number,
): string[] {
  const advice: string[] = [];
  if (goaways === 0)
    advice.push(
      "Calls that were open failed, and may have run: stop gracefully first (DR-03), and give it the time (DR-01).",
    );
  if (manner === "never-named") {
    advice.push(
      "Calls that are open when the connection closes may have run or not, and nothing says which: give them the time to end (DR-01).",
    );
  } else if (goaways > 0 && !waitsRoundTrip) {
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

/** Entries of programs that leave in ways of their own, by how they speak HTTP/2. */
const entriesOfSpeakers: Readonly<Record<string, string>> = {
  nginx: "nginx/graceful-goaway",
  HAProxy: "haproxy/soft-stop-goaway",
};

function entryFor({ watch, speaker = "" }: DrainSeen, verdict: DrainVerdict, lost: number): string {
  const { goaways, late, closedBy, downMs } = verdict;
  if (goaways === 0) return "server/abrupt-stop";
  if (watch?.outcome?.includes("Cancelling all calls") === true) return "ccore/cancelling-all-calls";
  if (late.lost.some(({ outcome }) => outcome === "CANCELLED")) return "grpc/stream-interrupted-by-shutdown";
  if (lost > 0) return "grpc/goaway-then-connection-closed";
  if (closedBy === "rst") return "grpcjs/goaway-then-tcp-reset-internal-0";
  const own = entriesOfSpeakers[speaker];
  if (own !== undefined) return own;
  if (late.unprocessed > 0) return "grpc/goaway-unprocessed-stream";
  return downMs !== undefined && downMs > 0 ? "k8s/rolling-restart-endpoint-race" : "grpc/goaway-inflight-continues";
}

function evidenceLines(seen: DrainSeen, { closedBy }: DrainVerdict): string[] {
  const { attempts, backMs, before, after } = seen;
  const lines = heldLines(seen);
  const refused = attempts.filter(({ came }) => !came).length;
  lines.push(
    `${times(attempts.length, "attempt")} to connect, ${refused} turned away${backMs === undefined ? "" : `; back after ${durationText(backMs)}`}`,
  );
  if (after !== undefined)
    lines.push(after === before ? `SETTINGS as before: ${after}` : `SETTINGS before: ${before}; now: ${after}`);
  if (closedBy === "goaway") lines.push("a connection was not closed after its GOAWAY");
  return lines;
}

/** What became of what was held. */
function heldLines(seen: DrainSeen): string[] {
  const { near, far, quiet, roundTripMs } = seen;
  const farAway = `far away (${durationText(roundTripMs)} of round trip more), many calls`;
  return [
    `next door, a watch and calls: ${endText(near)}`,
    ...(far === undefined ? [] : [`${farAway}: ${endText(far)}`]),
    ...(quiet === undefined ? [] : [`not used: ${endText(quiet)}`]),
    watchLine(seen),
    ...aloneLines(seen),
  ];
}

function watchLine({ told, watch }: DrainSeen): string {
  const statuses = told.map(({ atMs, status }) => `${status} at ${durationText(atMs)}`);
  const end =
    watch?.endedMs === undefined ? "not ended" : `${watch.outcome ?? "ended"} at ${durationText(watch.endedMs)}`;
  return `the watch told ${statuses.length === 0 ? "nothing" : statuses.join(", ")}; ${end}`;
}

/** An age, an idle timeout and a limit on calls take one connection; so does one of several servers behind an address. */
function aloneLines({ leftAlone }: DrainSeen): string[] {
  const names = { near: "the one next door", far: "the one far away", quiet: "the one that is not used" } as const;
  return leftAlone.map(
    ({ place, times: count, last }) =>
      `${names[place]} left alone ${times(count, "time")} and was opened anew (age, idleness, a limit on calls, or one of several servers), at last: ${last}`,
  );
}

function times(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

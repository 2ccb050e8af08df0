/** Says what was found out about the idle timeout, and what it means for settings. Pure; rules KA and AG of docs/measured.md. */

import { durationText } from "@holdfast/grpc/report";
import { endText, endWord } from "./end-text.ts";
import type { Habit, IdleLife, IdleVerdict, PingEffect } from "./idle-policy.ts";
import { sameTime } from "./idle-policy.ts";
import type { Finding } from "./measure.ts";

const common = { id: "idle", title: "Idle timeout" } as const;

export function idleFinding(verdict: IdleVerdict, lives: readonly IdleLife[]): Finding {
  const evidence = lives.map(({ habit, life }) => `${habitText(habit)}: ${endText(life)}`);
  switch (verdict.kind) {
    case "closed":
      return closedFinding(verdict, lives, evidence);
    case "forgotten":
      return forgottenFinding(verdict, evidence);
    case "kept":
      return {
        ...common,
        verdict: "well",
        words: `No connection was closed for being idle in ${durationText(verdict.forMs)}.`,
        facts: { end: "none", aboveMs: Math.round(verdict.forMs) },
        evidence,
        advice: ["A longer --for finds longer timeouts: Azure 240 s, NLB 350 s, GCP 600 s, IPVS 900 s, Envoy 1 h."],
      };
    case "not-idle":
      return {
        ...common,
        verdict: "skipped",
        words: `A connection with calls ended like the silent one, after ${durationText(verdict.atMs)}: it is not idleness that ends them.`,
        facts: { end: "not-idle" },
        evidence,
        advice: ["See the connection age."],
      };
    case "unknown":
      return {
        ...common,
        verdict: "skipped",
        words: `Not measured: ${verdict.why}.`,
        facts: {},
        evidence,
        advice: [],
      };
  }
}

type Closed = Extract<IdleVerdict, { readonly kind: "closed" }>;
type Forgotten = Extract<IdleVerdict, { readonly kind: "forgotten" }>;

function closedFinding(verdict: Closed, lives: readonly IdleLife[], evidence: readonly string[]): Finding {
  const { silentMs, usedMs, by, pings } = verdict;
  const idleMs = idleTime(silentMs, usedMs);
  const code = lives.flatMap(({ life }) => (life.goaways.length === 0 ? [] : [life.goaways[0]?.code]))[0];
  const wrongCode = by === "goaway" && code !== undefined && code !== "NO_ERROR";
  return {
    ...common,
    verdict: by === "goaway" && !wrongCode ? "well" : "doubtful",
    words: `${whenText(silentMs, usedMs)}, by ${endWord(by)}${by === "goaway" ? "" : " without GOAWAY"}. ${pingText(pings)}`,
    facts: {
      idleMs: Math.round(idleMs),
      ...(silentMs === undefined ? {} : { neverUsedMs: Math.round(silentMs) }),
      ...(usedMs === undefined ? {} : { afterCallMs: Math.round(usedMs) }),
      end: by,
      pings,
    },
    evidence,
    advice: [...idleAdvice(idleMs, pings), ...endAdvice(by, wrongCode)],
    catalogId: closedEntry(by, idleMs, pings),
  };
}

function forgottenFinding({ aboveMs, belowMs, then, pings }: Forgotten, evidence: readonly string[]): Finding {
  const middleMs = Math.sqrt(Math.max(aboveMs, 1) * belowMs);
  const next = { silence: "is never answered", rst: "is answered by RST", fin: "is answered by FIN" }[then];
  return {
    ...common,
    verdict: "doubtful",
    words:
      `A connection that was silent for ${durationText(belowMs)} is forgotten without a word (${durationText(aboveMs)} ` +
      `did no harm); what is sent next ${next}. ${pingText(pings)}`,
    facts: {
      idleMs: Math.round(middleMs),
      aboveMs: Math.round(aboveMs),
      belowMs: Math.round(belowMs),
      end: then,
      pings,
    },
    evidence,
    advice: [
      ...idleAdvice(aboveMs, pings),
      "Something that does not speak HTTP/2 keeps this timer: a NAT, a firewall or an L4 load balancer. No GOAWAY will ever come from it.",
    ],
    catalogId: forgottenEntry(aboveMs, belowMs, then),
  };
}

/** The shorter one is what a client has to reckon with; of two that are one timer, that whose beginning is known better. */
function idleTime(silentMs: number | undefined, usedMs: number | undefined): number {
  if (silentMs === undefined || usedMs === undefined) return silentMs ?? usedMs ?? 0;
  return sameTime(silentMs, usedMs) ? silentMs : Math.min(silentMs, usedMs);
}

function whenText(silentMs: number | undefined, usedMs: number | undefined): string {
  if (silentMs === undefined) {
    return `A connection that was used is closed ${durationText(usedMs ?? 0)} after its last call; one that never was stays`;
  }
  if (usedMs === undefined) {
    return `A connection that was never used is closed after ${durationText(silentMs)}; one that was used is not`;
  }
  if (sameTime(silentMs, usedMs)) return `An idle connection is closed after ${durationText(usedMs)}`;
  return (
    `A connection that was never used is closed after ${durationText(silentMs)}, ` +
    `one that was used ${durationText(usedMs)} after its last call`
  );
}

function pingText(pings: PingEffect): string {
  switch (pings) {
    case "reset-it":
      return "A PING starts the time anew.";
    case "do-not-count":
      return "PINGs do not count: they do not keep it open.";
    case "policed":
      return "Whether PINGs count could not be seen: they were too many for the server.";
    case "unknown":
      return "Whether PINGs count was not seen.";
  }
}

function idleAdvice(idleMs: number, pings: PingEffect): string[] {
  const limit = durationText(idleMs);
  const idleSetting =
    `Let the client leave first, the cheapest cure: an idle time below ${limit} (grpc-go WithIdleTimeout, ` +
    "C-core and grpc-js grpc.client_idle_timeout_ms, grpc-java idleTimeout, .NET PooledConnectionIdleTimeout).";
  const keepalive =
    `Or keep it open: keepalive time plus timeout below ${limit}, permitted without calls at both ends ` +
    "(keepalive.timeMs, grpc-go Time, grpc.keepalive_time_ms); the ping policy must allow it.";
  const blind = "No keepalive keeps an idle connection here; messages do (a heartbeat on a stream).";
  const pool = `A proxy in front must give up idle connections sooner than ${limit}, or it sends calls into closing ones.`;
  if (pings === "do-not-count") return [idleSetting, blind, pool];
  return [idleSetting, keepalive, pool];
}

function endAdvice(by: Closed["by"], wrongCode: boolean): string[] {
  if (wrongCode)
    return ["The GOAWAY carries an error code, which Node's clients report as a session error (A9 asks for NO_ERROR)."];
  if (by === "goaway") return [];
  return [
    "Without a GOAWAY a call that is on its way as the connection closes fails, and may have been run: see the entry.",
  ];
}

function closedEntry(by: Closed["by"], idleMs: number, pings: PingEffect): string {
  if (by === "goaway") return "server/max-connection-idle";
  return sameTime(idleMs, 60_000) && pings !== "reset-it" ? "lb/alb-idle-60s" : "tcp/reset-on-stale-idle-connection";
}

/** Timers that are the defaults of well-known devices, ms; docs/measured.md has their sources. */
const knownTimers = [
  { idleMs: 240_000, entry: "lb/azure-silent-drop" },
  { idleMs: 350_000, entry: "lb/nlb-idle-350s" },
  { idleMs: 900_000, entry: "lb/ipvs-idle-900s" },
];

function forgottenEntry(aboveMs: number, belowMs: number, then: Forgotten["then"]): string {
  const known = knownTimers.find(({ idleMs }) => aboveMs < idleMs && idleMs <= belowMs && belowMs < 1.3 * aboveMs);
  if (known !== undefined) return known.entry;
  return then === "silence" ? "keepalive/disabled-half-open" : "tcp/reset-on-stale-idle-connection";
}

function habitText(habit: Habit): string {
  switch (habit.kind) {
    case "silent":
      return "silent from the beginning";
    case "used":
      return "silent after one call";
    case "busy":
      return `a call every ${durationText(habit.everyMs)}`;
    case "pinged":
      return `one call, then PINGs at ${habit.atMs.map(durationText).join(", ")}`;
  }
}

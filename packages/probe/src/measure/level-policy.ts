/**
 * Whether the server itself answers or something in between, and on which layer. Pure. Everything here is circumstance: each
 * reason has a weight, reasons for the same add up, and the result is a likelihood with its reasons, never a claim.
 */

import { durationText } from "@holdfast/grpc/report";
import type { Http1Seen } from "./ask-http1.ts";
import { quoted } from "./end-text.ts";
import type { Finding } from "./measure.ts";
import { type Greeting, namedSpeakers, type Speaker, speakersOf } from "./speakers.ts";

export interface LevelSeen {
  readonly greeting: Greeting | undefined;
  /** Of each connection, ms. */
  readonly connectMs: readonly number[];
  /** Round trips of PINGs, ms. */
  readonly pingMs: readonly number[];
  /** Health checks that were answered, ms. */
  readonly checkMs: readonly number[];
  /** What became of the checks, each once. */
  readonly outcomes: readonly string[];
  /** Header names and values of answers. */
  readonly headers: readonly string[];
  readonly http1: Http1Seen | undefined;
}

export interface Reason {
  readonly weight: number;
  readonly because: string;
}

export interface LevelVerdict {
  /** Who speaks HTTP/2 with us: the server, or a proxy in front of it (L7). */
  readonly answers: "server" | "proxy" | "unknown";
  /** 0 to 1. */
  readonly certainty: number;
  /** For instance `nginx`; several where they speak alike. */
  readonly names: readonly string[];
  readonly reasons: readonly string[];
  /** Something below HTTP/2 in between (L4): how likely, and why. */
  readonly between: { readonly certainty: number; readonly reasons: readonly string[] };
}

export function judgeLevel(seen: LevelSeen, others: readonly Finding[]): LevelVerdict {
  const speakers = [
    ...(seen.greeting === undefined ? [] : speakersOf(seen.greeting)),
    ...namedSpeakers(seen.headers, quoted),
    ...(seen.http1 === undefined ? [] : namedSpeakers(seen.http1.headers, quoted)),
  ];
  const proxy = [...reasonsOf(speakers, "proxy"), ...proxyReasons(seen)];
  const server = [...reasonsOf(speakers, "server"), ...serverReasons(seen)];
  const [forProxy, forServer] = [likelihood(proxy), likelihood(server)];
  // A proxy shows the server's headers; a server does not show a proxy's.
  const answers = forProxy === 0 && forServer === 0 ? "unknown" : forProxy >= forServer ? "proxy" : "server";
  const [here, there] = answers === "proxy" ? [forProxy, forServer] : [forServer, forProxy];
  const between = betweenReasons(seen, others, answers);
  return {
    answers: here < 0.3 ? "unknown" : answers,
    certainty: here * (1 - there / 2),
    names: [...new Set(speakers.filter(({ role }) => role === answers || role === "either").map(({ name }) => name))],
    reasons: (answers === "proxy" ? proxy : server).map(({ because }) => because),
    between: { certainty: likelihood(between), reasons: between.map(({ because }) => because) },
  };
}

function reasonsOf(speakers: readonly Speaker[], role: "proxy" | "server"): Reason[] {
  return speakers.filter((speaker) => speaker.role === role).map(({ weight, because }) => ({ weight, because }));
}

/** Independent reasons: one minus the chance that all of them mislead. */
function likelihood(reasons: readonly Reason[]): number {
  return 1 - reasons.reduce((doubt, { weight }) => doubt * (1 - weight), 1);
}

/** Differences of a few ms are the handler's own; ms. */
const noticeableMs = 5;

function proxyReasons({ outcomes, pingMs, checkMs, http1 }: LevelSeen): Reason[] {
  const reasons: Reason[] = [];
  const gateway = outcomes.find((outcome) => /^HTTP 50[234]$/.test(outcome));
  if (gateway !== undefined && pingMs.length > 0) {
    reasons.push({
      weight: 0.9,
      because: `PINGs are answered while the health check gets ${gateway}: who answers is not who serves`,
    });
  }
  const [ping, check] = [least(pingMs), least(checkMs)];
  if (ping !== undefined && check !== undefined && check > 3 * ping + noticeableMs) {
    const because = `a health check takes ${durationText(check)}, a PING ${durationText(ping)}: the one goes further than the other, or its handler is slow`;
    reasons.push({ weight: 0.3, because });
  }
  if (http1?.kind === "answered") {
    reasons.push({
      weight: 0.3,
      because: `HTTP/1.1 is answered, too (${quoted(http1.statusLine ?? "")}), which gRPC servers do not`,
    });
  }
  return reasons;
}

function serverReasons({ http1 }: LevelSeen): Reason[] {
  return http1?.kind === "http2" ? [{ weight: 0.1, because: "HTTP/1.1 is not spoken at all" }] : [];
}

function betweenReasons(
  { connectMs, pingMs }: LevelSeen,
  others: readonly Finding[],
  answers: LevelVerdict["answers"],
): Reason[] {
  const reasons: Reason[] = [];
  const [connect, ping] = [least(connectMs), least(pingMs)];
  if (connect !== undefined && ping !== undefined && ping > 2 * connect + noticeableMs) {
    const because = `TCP connects in ${durationText(connect)}, a PING takes ${durationText(ping)}: the connection ends nearer than the one who answers`;
    reasons.push({ weight: 0.7, because });
  }
  const idle = others.find(({ id }) => id === "idle");
  const end = idle?.facts["end"];
  const idleMs = Number(idle?.facts["idleMs"] ?? 0);
  if (end === "silence" || (idle?.facts["belowMs"] !== undefined && end !== undefined)) {
    reasons.push({
      weight: 0.95,
      because: `idle connections are forgotten without a word after ${durationText(idleMs)}`,
    });
  } else if (end === "fin" || end === "rst") {
    const who = answers === "unknown" ? "a speaker of HTTP/2" : `the ${answers}`;
    const because = `idle connections are closed after ${durationText(idleMs)} by ${end.toUpperCase()} without the GOAWAY that ${who} would send`;
    reasons.push({ weight: 0.8, because });
  }
  return reasons;
}

/** The least of several: what is above it is queues and chance. */
function least(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.min(...values);
}

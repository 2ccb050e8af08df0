/**
 * Guesses about a dead connection: who in between, or what in our own process, may have ended it. Each rule looks at the
 * raw facts and answers with a `Suspect` or nothing. What the wire proves does not belong here but in the summary.
 */

import { errorCode } from "../http2/error-code.ts";
import type { FrameNote } from "../http2/flight-record.ts";
import { durationText } from "./duration-text.ts";
import type { ConnectionEnd } from "./connection-end.ts";

/** A guess, kept apart from what is proven. */
export interface Suspect {
  /** For instance `a load balancer that forgets idle connections`. */
  readonly what: string;
  readonly because: string;
  readonly certainty: "possible" | "likely";
}

/** Our event loop must be late by this much before it can be blamed for a timer that ran out. */
export const stallWorthTellingMs = 100;

type Rule = (end: ConnectionEnd) => Suspect | undefined;

// Defaults of well-known hops in seconds, from their manuals: AWS ALB 60; many proxies 120; Azure 240; AWS NLB and
// Network Firewall 350; Google's balancers 600; IPVS 900; Envoy and Istio 3,600.
const idleTimersS: readonly (readonly [seconds: number, whose: string])[] = [
  [60, "an HTTP balancer's default, for instance AWS ALB"],
  [120, "the idle timer of many proxies"],
  [240, "the default of Azure's balancer and NAT"],
  [350, "the default of AWS NLB and Network Firewall"],
  [600, "the default of Google's balancers"],
  [900, "the default of IPVS, as in Docker Swarm and kube-proxy"],
  [3_600, "the default of Envoy and Istio"],
];

// Grace periods people set, in seconds: Kubernetes' default is 30.
const gracePeriodsS = [5, 10, 15, 20, 25, 30, 45, 60, 90, 120, 300];

const rules: readonly Rule[] = [
  ourEventLoop,
  tlsOrHttp1Listener,
  idleTimer,
  staleIdleConnection,
  gracePeriod,
  floodLimiter,
  refusalAfterForwarding,
  vanishedHost,
];

export function suspectsOf(end: ConnectionEnd): readonly Suspect[] {
  return rules.map((rule) => rule(end)).filter((suspect) => suspect !== undefined);
}

function ourEventLoop({ longestStallMs, localReason }: ConnectionEnd): Suspect | undefined {
  const byTimer =
    localReason === "ping-timeout" ||
    localReason === "connect-timeout" ||
    localReason === "settings-timeout" ||
    localReason === "no-progress";
  if (!byTimer || longestStallMs < stallWorthTellingMs) return undefined;
  return {
    what: "our own process",
    because: `its event loop was blocked for ${durationText(longestStallMs)}, and it was a timer of ours that gave up`,
    certainty: longestStallMs >= 1_000 ? "likely" : "possible", // 1 s: the order of an answer's whole journey
  };
}

function tlsOrHttp1Listener(end: ConnectionEnd): Suspect | undefined {
  // "HTT" as a frame length: an HTTP/1.1 status line read as a frame header.
  if (end.frames.some((note) => note.direction === "in" && note.length === 0x485454)) {
    return {
      what: "a peer that speaks HTTP/1.1",
      because: "the length of a frame reads as the letters HTT",
      certainty: "likely",
    };
  }
  const closedBySomebody = end.socket === "fin" || end.socket === "rst";
  if (end.readyAtMs !== undefined || !closedBySomebody || end.role === "server") return undefined;
  return {
    what: "a listener that expects TLS or another protocol, or a balancer without a healthy target",
    because: "the connection was accepted and closed before any SETTINGS; compare TLS and plain text on both ends",
    certainty: "possible",
  };
}

/** The socket ended by itself after a silence as long as somebody's default. */
function idleTimer(end: ConnectionEnd): Suspect | undefined {
  if (!endedByTransport(end) || end.readyAtMs === undefined) return undefined;
  const idleMs = end.endedAtMs - lastActivityMs(end);
  const timer = idleTimersS.find(([seconds]) => isNear(idleMs, seconds));
  if (timer === undefined) return undefined;
  const [seconds, whose] = timer;
  return {
    what: `a hop with an idle timer of ${seconds} s`,
    because: `the connection ended after ${durationText(idleMs)} without a frame, and ${seconds} s is ${whose}`,
    certainty: "likely",
  };
}

/** Nobody said anything while it was quiet; the first request then met a hop that knew the connection no more. */
function staleIdleConnection(end: ConnectionEnd): Suspect | undefined {
  if (!endedByTransport(end)) return undefined;
  const lastIn = end.frames.findLast((note) => note.direction === "in");
  const quietSinceMs = lastIn?.atMs ?? end.lastReceivedAtMs;
  if (quietSinceMs === undefined) return undefined;
  const request = end.frames.find(
    (note) => note.direction === "out" && note.type === "HEADERS" && note.atMs > quietSinceMs,
  );
  if (request === undefined) return undefined;
  const quietMs = request.atMs - quietSinceMs;
  // Shorter silences are no reason for anybody to forget a flow; 30 s is the shortest idle timer in common use.
  if (quietMs < 30_000) return undefined;
  return {
    what: "a hop that had forgotten the idle connection",
    because: `the first request after ${durationText(quietMs)} of silence ended it`,
    certainty: end.socket === "rst" ? "likely" : "possible",
  };
}

/** GOAWAY, then the end of the socket a round number of seconds later, with streams still open. */
function gracePeriod({ goaways, socket, streamsOpen, endedAtMs }: ConnectionEnd): Suspect | undefined {
  const first = goaways[0];
  if (first === undefined || streamsOpen === 0 || (socket !== "fin" && socket !== "rst")) return undefined;
  const seconds = gracePeriodsS.find((each) => isNear(endedAtMs - first.atMs, each));
  if (seconds === undefined) return undefined;
  return {
    what: `a grace period of ${seconds} s that is shorter than the calls`,
    because: `the connection ended ${durationText(endedAtMs - first.atMs)} after GOAWAY with calls still running`,
    certainty: "likely",
  };
}

/** A server that counted our resets, pings or small frames as an attack. */
function floodLimiter({ goaways, frames }: ConnectionEnd): Suspect | undefined {
  const last = goaways.at(-1);
  if (last === undefined || last.debugData === "too_many_pings") return undefined;
  if (last.code !== errorCode.INTERNAL_ERROR && last.code !== errorCode.ENHANCE_YOUR_CALM) return undefined;
  const resets = frames.filter((note) => note.direction === "out" && note.type === "RST_STREAM").length;
  // A quarter of the flight record: more than ordinary cancelling.
  if (resets < 20) return undefined;
  return {
    what: "a guard against rapid reset",
    because: `we had cancelled ${resets} streams shortly before the GOAWAY`,
    certainty: "likely",
  };
}

/** REFUSED_STREAM without a GOAWAY, from somebody who perhaps had forwarded the request already. */
function refusalAfterForwarding({ frames, goaways }: ConnectionEnd): Suspect | undefined {
  const refused = (note: FrameNote): boolean =>
    note.direction === "in" && note.type === "RST_STREAM" && note.value === errorCode.REFUSED_STREAM;
  if (goaways.length > 0 || !frames.some(refused)) return undefined;
  return {
    what: "a proxy that says REFUSED_STREAM after it had forwarded the request",
    because: "streams were refused without a GOAWAY, as HAProxy does when its own connection to the server dies",
    certainty: "possible",
  };
}

function vanishedHost({ socket, localReason }: ConnectionEnd): Suspect | undefined {
  if (socket !== "timeout" && localReason !== "ping-timeout" && localReason !== "no-progress") return undefined;
  return {
    what: "a host that vanished, or a hop that drops packets in silence",
    because: "nothing came back, not even a refusal",
    certainty: "possible",
  };
}

function endedByTransport({ socket, goaways, localReason }: ConnectionEnd): boolean {
  return (
    goaways.length === 0 && localReason === undefined && (socket === "fin" || socket === "rst" || socket === "error")
  );
}

/** When the last frame went either way, or at least came, or the connection began. */
function lastActivityMs(end: ConnectionEnd): number {
  return end.frames.at(-1)?.atMs ?? end.lastReceivedAtMs ?? end.startedAtMs;
}

/** Within 2 %: timers of proxies are late by their wheel's tick, and the packet has a way to go. */
function isNear(durationMs: number, seconds: number): boolean {
  return Math.abs(durationMs - seconds * 1_000) <= seconds * 20; // 2 % of 1,000 ms
}

/** Plans one connection: who asks how often, who closes first, when it is too old. */

import { durationText as time } from "../facts/duration.ts";
import type { PathFacts } from "../facts/path-facts.ts";
import { type HopKind, roleOf } from "../hops/hop-kind.ts";
import { hopKindTable } from "../hops/hop-kinds-table.ts";
import { type CallLimits, canAskDown, downTo, upTo } from "./call-limits.ts";
import type { SourceId } from "../rules/sources-table.ts";
import type { PlannedHop } from "./planned-hop.ts";

export interface PlannedLeg {
  readonly from: PlannedHop;
  readonly to: PlannedHop;
  readonly isFirst: boolean;
  /** A balancer of connections lies between. */
  readonly overBalancer: boolean;
  /** What lies between, or the network itself, forgets after so long. */
  readonly forgetsAfterMs: number;
}

const s = 1_000;
const min = 60 * s;
/** gRFC A8's floor: some clients raise less to this. */
const floorMs = 10 * s;
/** Within two minutes a server notices that a client is gone. */
const slowestAskMs = 2 * min;
const longestIdleMs = 15 * min;
const ageMs = 30 * min;
const hour = 60 * min;

export function planLeg(leg: PlannedLeg, facts: PathFacts, limits: CallLimits): void {
  const askMs = Math.min(slowestAskMs, Math.max(floorMs, downTo(s, leg.forgetsAfterMs / 2)));
  const timeoutMs = Math.min(20 * s, Math.max(5 * s, leg.forgetsAfterMs - askMs - 2 * s));
  planAsking(leg, facts, askMs, timeoutMs);
  planIdleness(leg, limits);
  planAge(leg, limits);
}

function planAsking(
  { from, to, forgetsAfterMs }: PlannedLeg,
  facts: PathFacts,
  askMs: number,
  timeoutMs: number,
): void {
  const [below, above] = [hopKindTable[from.hop.kind], hopKindTable[to.hop.kind]];
  const forgets =
    forgetsAfterMs === Infinity
      ? "a peer that vanished is noticed so"
      : `the way forgets after ${time(forgetsAfterMs)}, so half of that`;
  const waits = `three round trips of ${time(facts.roundTripMs)} and a pause; with the time above it stays below ${forgetsAfterMs === Infinity ? "what a person waits" : time(forgetsAfterMs)}`;
  if (canAskDown(from.hop.kind)) {
    from.set(
      "sender",
      "pingEveryMs",
      askMs,
      `${forgets}; every side may ask so often, because the next hop permits it`,
      "a8",
      "ka-09",
    );
    from.set("sender", "pingTimeoutMs", timeoutMs, waits, "a8", "ka-14");
    planPermission(from, to, facts, askMs);
  } else if (below.pingCutsDrain === true) {
    from.set(
      "sender",
      "pingEveryMs",
      Infinity,
      "off: at the first PING after a GOAWAY this client ends its running calls; the other side asks, and deadlines find what vanished",
      "js-3068",
      "ka-15",
    );
  }
  if (above.pingsUp === true) {
    to.set(
      "receiver",
      "pingEveryMs",
      askMs,
      `${forgets}; a client that is gone does not hold memory for 2h`,
      "a9",
      "ka-17",
    );
    to.set("receiver", "pingTimeoutMs", timeoutMs, waits, "a9", "ka-14");
  } else if (above.tcpAsksUp === true && !canAskDown(from.hop.kind)) {
    to.set(
      "receiver",
      "tcpKeepaliveMs",
      askMs,
      `neither ${from.hop.name} nor ${to.hop.name} sends PINGs here, so the kernel asks; ${forgets}`,
      idleSource(to.hop.kind),
      "ka-11",
    );
  }
}

/** What the asking side may do, and the other side permits. */
function planPermission(from: PlannedHop, to: PlannedHop, { roundTripMs }: PathFacts, askMs: number): void {
  // Envoy asks whether there are calls or not; Holdfast has no idle timeout, so it has to.
  const asksAlways = from.hop.kind === "envoy" || from.hop.kind === "holdfast";
  const why = asksAlways
    ? "its connections stay, so they are asked without calls, too"
    : "a connection without calls is closed, not asked";
  from.set("sender", "pingsWithoutCalls", asksAlways, why, "a8", asksAlways ? "ka-12" : "ka-02");
  if (from.hop.kind === "grpc-core")
    from.set(
      "sender",
      "maxPingsWithoutData",
      Infinity,
      "0 is no limit: with the default of 2 it stops asking, or asks once a minute",
      "l116",
      "ka-08",
    );
  if ((hopKindTable[to.hop.kind].receiver?.permitEveryMs ?? 0) === 0) return;
  const permitMs = downTo(500, (askMs - roundTripMs) / 1.25);
  to.set(
    "receiver",
    "permitEveryMs",
    permitMs,
    `clients ask every ${time(askMs)}; a quarter and a round trip below, for timers skew`,
    "a8",
    "ka-05",
  );
  to.set(
    "receiver",
    "permitsWithoutCalls",
    true,
    "a PING that crosses the end of the last call is no offence",
    "a8",
    "ka-02",
  );
}

function planIdleness({ from, to, forgetsAfterMs }: PlannedLeg, { albIdleMs }: CallLimits): void {
  const fromKind = from.hop.kind;
  const fitMs = downTo(
    s,
    Math.min(longestIdleMs, forgetsAfterMs * 0.8, to.hop.kind === "aws-alb" ? albIdleMs - 15 * s : Infinity),
  );
  let closesMs = Math.max(s, fitMs);
  if (fromKind === "aws-alb") closesMs = albIdleMs;
  if (fromKind === "haproxy") closesMs = Math.min(5 * s, closesMs);
  if (fromKind === "holdfast") closesMs = Infinity;
  if (fromKind !== "holdfast" && fromKind !== "aws-alb")
    from.set(
      "sender",
      "idleAfterMs",
      closesMs,
      `whoever opened a connection closes it first: ${forgetsAfterMs === Infinity ? "before the other side does" : `before the way forgets it at ${time(forgetsAfterMs)}`}`,
      "a8",
      "ka-12",
    );
  if (to.hop.kind === "aws-alb") return;
  const staysMs = upTo(s, Math.min(closesMs, longestIdleMs) + min);
  if (roleOf(to.hop.kind) === "relay")
    to.set(
      "receiver",
      "idleAfterMs",
      fromKind === "aws-alb" ? upTo(s, closesMs + min) : staysMs,
      `above the ${closesMs === Infinity ? "time that anybody is quiet" : time(closesMs)} of ${from.hop.name}, which closes first`,
      idleSource(to.hop.kind),
      "ag-07",
    );
}

/** Where it is written what a proxy does with idle connections. */
function idleSource(kind: HopKind): SourceId {
  if (kind === "nginx") return "nginx-core";
  return kind === "haproxy" ? "haproxy" : "envoy";
}

/** Only what clients, or a balancer of connections, are on the other side of has to age. */
function planAge({ to, isFirst, overBalancer }: PlannedLeg, { graceMs, longestCallMs }: CallLimits): void {
  const { kind } = to.hop;
  if (!isFirst && !overBalancer) return;
  if (hopKindTable[kind].ages !== true) return;
  const why = "clients find servers that came later; the library spreads it by 10 %";
  if (kind === "nginx") {
    to.set(
      "receiver",
      "ageMs",
      hour,
      "clients find proxies that came later; running calls go on",
      "nginx-core",
      "hl-02",
    );
    to.set("receiver", "ageGraceMs", Infinity, "nginx never cuts a call for its age", "nginx-core");
  } else if (kind === "aws-alb") {
    const keepMs = Math.min(604_800 * s, Math.max(hour, upTo(s, longestCallMs * 1.2)));
    to.set(
      "receiver",
      "ageMs",
      keepMs,
      `an hour, and above the longest call of ${time(longestCallMs)}: what it does to running calls is not documented`,
      "alb-idle",
      "ag-11",
    );
  } else {
    const later = "clients find proxies that came later; running calls go on";
    to.set("receiver", "ageMs", ageMs, kind === "envoy" ? later : why, kind === "envoy" ? "envoy" : "a9", "hl-02");
    if (kind === "envoy")
      to.set("receiver", "ageGraceMs", Infinity, "Envoy closes an old connection when its last call ends", "envoy");
    else
      to.set(
        "receiver",
        "ageGraceMs",
        graceMs,
        `above the deadline of every call, the longest being ${time(longestCallMs)}`,
        "a9",
        "ag-01",
      );
  }
}

/** Facts in, settings of every hop out that keep all rules. Pure; `rules` is what it is tested against, not what it uses. */

import { durationText as time } from "../facts/duration.ts";
import type { PathFacts } from "../facts/path-facts.ts";
import { roleOf } from "../hops/hop-kind.ts";
import { hopKindTable } from "../hops/hop-kinds-table.ts";
import type { Platform, Workload } from "../hops/path.ts";
import { type CallLimits, callLimits, canBeAsked, nlbIdleMs } from "./call-limits.ts";
import type { Demand, PathPlan } from "./plan.ts";
import { planClient, planServer } from "./plan-program.ts";
import { planLeg } from "./plan-leg.ts";
import { planDeregistration, planRelay } from "./plan-relay.ts";
import { PlannedHop, type Reason } from "./planned-hop.ts";

const s = 1_000;
/** Until kube-proxy and in-cluster balancers have heard; a cloud's balancer takes longer. */
const propagateMs = 10 * s;
const cloudPropagateMs = 20 * s;

export function planPath(facts: PathFacts): PathPlan {
  const limits = callLimits(facts);
  const hops = facts.hops.map(({ kind, version }, index) => {
    const place = index === 0 ? " client" : index === facts.hops.length - 1 ? " server" : "";
    const name = `${hopKindTable[kind].title}${place}`;
    return new PlannedHop({ name, kind, ...(version === undefined ? {} : { version }) });
  });
  for (const hop of hops) if (hop.hop.kind === "aws-nlb") planBalancer(hop, limits);
  const demands = [...limits.demands, ...planLegs(hops, facts, limits)];
  const relays = hops.filter(({ hop }) => roleOf(hop.kind) === "relay");
  const nearest = relays.filter(({ hop }) => hop.kind !== "aws-alb").at(-1);
  for (const relay of relays) planRelay(relay, facts, limits, relay === nearest);
  const [client, server] = [hops[0], hops.at(-1)];
  if (client !== undefined) planClient(client, facts, hops.length === 2);
  if (server !== undefined) planServer(server, facts, limits, noticeOf(hops));
  const { platform, reasons: platformReasons } = planPlatform(hops, facts);
  return {
    facts,
    path: {
      hops: hops.map(({ hop }) => hop),
      workload: workloadOf(facts, limits),
      ...(platform === undefined ? {} : { platform }),
    },
    reasons: hops.map(({ reasons }) => reasons),
    platformReasons,
    demands,
  };
}

function planBalancer(nlb: PlannedHop, { deadlineMs }: CallLimits): void {
  nlb.set(
    "wire",
    "forgetsAfterMs",
    nlbIdleMs,
    "what it has unless told otherwise, written out; both ends ask more often",
    "nlb-idle",
    "ka-09",
  );
  nlb.set("wire", "resets", true, "the next packet of a forgotten flow gets RST", "nlb-idle");
  planDeregistration(nlb, deadlineMs);
}

function planLegs(hops: readonly PlannedHop[], facts: PathFacts, limits: CallLimits): readonly Demand[] {
  const ends = hops.filter(({ hop }) => roleOf(hop.kind) !== "wire");
  const demands: Demand[] = [];
  for (const [index, to] of ends.slice(1).entries()) {
    const from = ends[index] ?? to;
    const over = hops.slice(hops.indexOf(from) + 1, hops.indexOf(to));
    const overBalancer = over.length > 0;
    const forgetsAfterMs = Math.min(facts.idleMs, ...over.map(({ hop }) => hop.wire?.forgetsAfterMs ?? Infinity));
    planLeg({ from, to, isFirst: index === 0, overBalancer, forgetsAfterMs }, facts, limits);
    planEncryption(from, to, index === 0 ? facts.tls : false);
    if (index > 0 && !canBeAsked(from.hop.kind, to.hop.kind))
      demands.push({
        kind: "unwatched-leg",
        says: `Between ${from.hop.name} and ${to.hop.name} nobody can ask; what vanishes there is noticed by the timers on calls.`,
        because: `neither of the two sends PINGs on this leg`,
        rule: "ka-11",
      });
    if (overBalancer && hopKindTable[to.hop.kind].ages !== true)
      demands.push({
        kind: "recycle-proxy",
        says: `Reload ${to.hop.name} in turn after scaling it up.`,
        because: `the balancer in front of it spreads connections, and ${to.hop.name} cannot end one for its age`,
        rule: "hl-02",
      });
  }
  return demands;
}

function planEncryption(from: PlannedHop, to: PlannedHop, wanted: boolean): void {
  // AWS takes gRPC on HTTPS listeners alone.
  const tls = wanted || to.hop.kind === "aws-alb";
  const why = tls ? "both ends speak TLS, and offer h2 by ALPN" : "plain text with prior knowledge, on both ends";
  from.set("sender", "tls", tls, why, to.hop.kind === "aws-alb" ? "alb-grpc" : "grpc-http2", "cs-02");
  to.set("receiver", "tls", tls, why, to.hop.kind === "aws-alb" ? "alb-grpc" : "grpc-http2", "cs-02");
  if (from.hop.kind === "envoy")
    from.set("sender", "speaksHttp2", true, "without it the cluster speaks HTTP/1.1", "envoy", "cs-01");
}

function planPlatform(
  hops: readonly PlannedHop[],
  facts: PathFacts,
): { readonly platform?: Platform; readonly reasons: ReadonlyMap<string, Reason> } {
  const reasons = new Map<string, Reason>();
  if (!facts.onKubernetes) return { reasons };
  const heardMs = propagation(facts);
  const preStopMs = heardMs + 5 * s;
  const drainMs = hops.at(-1)?.hop.receiver?.drainMs ?? 0;
  const proxyMs = Math.max(0, ...hops.map(({ hop }) => (hop.kind === "envoy" ? (hop.relay?.drainMs ?? 0) : 0)));
  const graceMs = preStopMs + Math.max(drainMs, proxyMs) + 10 * s;
  reasons.set("platform.preStopMs", {
    because: `new connections come for up to ${time(heardMs)} after the order: an endpoint's removal runs beside the pod's end`,
    source: "kubernetes",
    rule: "dr-02",
  });
  reasons.set("platform.graceMs", {
    because: `preStop ${time(preStopMs)}, a drain of ${time(Math.max(drainMs, proxyMs))}, and 10s for what comes last; at its end is SIGKILL`,
    source: "kubernetes",
    rule: "dr-01",
  });
  reasons.set("platform.oneAddress", {
    because: "headless: whoever connects sees each pod, and spreads calls rather than connections",
    source: "a9",
    rule: "hl-02",
  });
  return { platform: { graceMs, preStopMs, replicas: facts.replicas, oneAddress: false }, reasons };
}

/** How long the slowest of those who ask a server for its health takes to hear that it leaves. */
function noticeOf(hops: readonly PlannedHop[]): number {
  const probes = hops.map(({ hop }) => (hop.relay?.healthEveryMs ?? 0) * (hop.relay?.healthThreshold ?? 1));
  const watched = hops[0]?.hop.sender?.watchesHealth === true ? s : 0;
  const probeMs = Math.max(0, ...probes);
  return Math.max(watched, probeMs > 0 ? probeMs + s : 0);
}

function propagation({ hops }: PathFacts): number {
  return hops.some(({ kind }) => kind === "aws-alb" || kind === "aws-nlb") ? cloudPropagateMs : propagateMs;
}

/** With the application doing what is asked of it; nothing is said of how long it may pause, so it may for ever. */
function workloadOf(facts: PathFacts, limits: CallLimits): Workload {
  return {
    longestCallMs: limits.longestCallMs,
    longestSilenceDownMs: limits.silenceMs,
    longestSilenceUpMs: limits.silenceMs,
    longestPauseMs: Infinity,
    deadlineMs: limits.deadlineMs,
    ...(limits.heartbeatMs === undefined ? {} : { heartbeatMs: limits.heartbeatMs }),
    peakCalls: facts.calls,
    messageBytes: facts.messageBytes,
    streamBytes: Infinity,
    metadataBytes: facts.metadataBytes,
    responseMetadataBytes: facts.metadataBytes,
    roundTripMs: facts.roundTripMs,
    repeatable: facts.repeatable,
    deploys: facts.deploys !== "never",
    propagateMs: propagation(facts),
    networkIdleMs: facts.idleMs,
    ...judgedFacts(facts),
  };
}

/** Those that were told; the rules look at them, and no setting follows from them. */
function judgedFacts({ bytesPerS, cancelsPerS, restartMs, failoverMs }: PathFacts): Workload {
  return {
    ...(bytesPerS === undefined ? {} : { bytesPerS }),
    ...(cancelsPerS === undefined ? {} : { cancelsPerS }),
    ...(restartMs === undefined ? {} : { restartMs }),
    ...(failoverMs === undefined ? {} : { failoverMs }),
  };
}

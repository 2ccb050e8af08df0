/** Plans the timers and limits of one hop that ends HTTP/2 on one side and begins it on the other. */

import { byteSizeText as size } from "../facts/byte-size.ts";
import { durationText as time } from "../facts/duration.ts";
import type { PathFacts } from "../facts/path-facts.ts";
import { type CallLimits, upTo } from "./call-limits.ts";
import type { PlannedHop } from "./planned-hop.ts";

const s = 1_000;
const min = 60 * s;
const KiB = 1_024; // bytes
/** A connection then lives by its age, not by its count. */
const manyRequests = 1_000_000;

type PlanOne = (planned: PlannedHop, facts: PathFacts, limits: CallLimits) => void;

const planners: Readonly<Record<string, PlanOne>> = { nginx, envoy, haproxy, "aws-alb": alb };

export function planRelay(planned: PlannedHop, facts: PathFacts, limits: CallLimits, isNearestToServer: boolean): void {
  const { kind } = planned.hop;
  planners[kind]?.(planned, facts, limits);
  if (kind === "aws-alb") return;
  const source = kind === "nginx" ? "nginx" : kind === "envoy" ? "envoy" : "haproxy";
  const why = `twice the peak of ${facts.calls} calls, no less than 128`;
  planned.set("receiver", "maxStreams", Math.max(128, 2 * facts.calls), why, source, "lm-01");
  const once = "what could not be sent goes to another server once; what was sent is never sent again";
  const never = "calls are sent again at one place, the hop nearest to the servers";
  planned.set("relay", "attempts", isNearestToServer ? 2 : 1, isNearestToServer ? once : never, source, "lm-07");
}

/** How long a silent call is borne. */
function patience({ silenceMs }: CallLimits): { readonly ms: number; readonly why: string } {
  const why = `twice the longest silence of ${time(silenceMs)}, a minute at least; PINGs do not reset it`;
  return { ms: upTo(s, Math.max(min, 2 * silenceMs)), why };
}

function outlives({ deadlineMs }: CallLimits): string {
  return `above the deadline of every call, ${time(deadlineMs)}`;
}

function nginx(planned: PlannedHop, { metadataBytes, calls }: PathFacts, limits: CallLimits): void {
  const { ms, why } = patience(limits);
  planned.set("relay", "silenceDownMs", ms, why, "nginx", "st-01");
  const both = `${why}; both directions, or a quiet client stream ends`;
  planned.set("relay", "silenceUpMs", ms, both, "nginx", "st-02");
  planned.set("relay", "drainMs", limits.graceMs, outlives(limits), "nginx-main", "dr-09");
  const body = "0 is no limit: a client stream is one request body";
  planned.set("relay", "maxBodyBytes", Infinity, body, "nginx-core", "lm-02");
  const buffer = Math.max(8 * KiB, upTo(4 * KiB, metadataBytes));
  const answers = `response headers of up to ${size(metadataBytes)}, with room for what servers add`;
  planned.set("relay", "headerBufferBytes", Math.max(16 * KiB, buffer), answers, "nginx", "lm-05");
  const metadata = `metadata of up to ${size(metadataBytes)}; each of the four takes as much`;
  planned.set("receiver", "maxMetadataBytes", 4 * buffer, metadata, "nginx-core", "lm-04");
  const byAge = "connections end by age: nginx says GOAWAY once, and what is on its way is refused";
  planned.set("receiver", "maxRequests", Math.max(manyRequests, 1_000 * calls), byAge, "nginx-core", "ag-06");
}

function envoy(planned: PlannedHop, { metadataBytes, calls }: PathFacts, limits: CallLimits): void {
  const { ms, why } = patience(limits);
  planned.set("relay", "streamIdleMs", ms, why, "envoy-timeouts", "st-04");
  const off = "off: its default of 15s ends every server stream; deadlines are the limit";
  planned.set("relay", "responseMs", Infinity, off, "envoy-timeouts", "st-03");
  const cap = `above every deadline (${time(limits.deadlineMs)}), for callers without one`;
  planned.set("relay", "maxCallMs", upTo(s, limits.deadlineMs + 5 * s), cap, "envoy", "st-05");
  const deadline = "grpc-timeout counts here, too, so that callers see DEADLINE_EXCEEDED";
  planned.set("relay", "honoursDeadline", true, deadline, "envoy", "st-06");
  planned.set("relay", "drainMs", limits.graceMs, outlives(limits), "envoy-cli", "dr-11");
  const later = `a minute after its drain of ${time(limits.graceMs)}`;
  planned.set("relay", "parentShutdownMs", limits.graceMs + min, later, "envoy-cli", "dr-11");
  const metadata = `metadata of up to ${size(metadataBytes)}, no less than the default of 60KiB`;
  planned.set("receiver", "maxMetadataBytes", Math.max(60 * KiB, upTo(KiB, metadataBytes)), metadata, "envoy", "lm-04");
  const peak = `twice the peak of ${calls} calls, no less than the default of 1024`;
  planned.set("relay", "maxInFlight", Math.max(1_024, 2 * calls), peak, "envoy", "lm-11");
  const probes = "two answers late is 10s, while their server still accepts";
  planned.set("relay", "healthEveryMs", 5 * s, probes, "envoy", "hl-04");
  planned.set("relay", "healthThreshold", 2, "one lost probe is no reason", "envoy", "hl-04");
}

function haproxy(planned: PlannedHop, { metadataBytes }: PathFacts, limits: CallLimits): void {
  const { ms, why } = patience(limits);
  planned.set("relay", "silenceDownMs", ms, why, "haproxy", "st-07");
  planned.set("relay", "silenceUpMs", ms, `${why}; both directions, or a quiet client stream ends`, "haproxy", "st-07");
  planned.set("relay", "drainMs", limits.graceMs, outlives(limits), "haproxy", "dr-10");
  const spread = "GOAWAYs are spread, so that clients do not come back in one wave";
  planned.set("relay", "closeSpreadMs", Math.min(10 * s, upTo(s, limits.graceMs / 4)), spread, "haproxy", "dr-10");
  const room = Math.max(15 * KiB, upTo(KiB, 2 * metadataBytes));
  const metadata = `metadata of up to ${size(metadataBytes)}, with as much room again`;
  planned.set("receiver", "maxMetadataBytes", room, metadata, "haproxy", "lm-04");
}

function alb(planned: PlannedHop, _facts: PathFacts, { silenceMs, deadlineMs, albIdleMs }: CallLimits): void {
  const bytes = `bytes of the application alone count; calls may be silent for ${time(silenceMs)}`;
  planned.set("relay", "streamIdleMs", albIdleMs, bytes, "alb-idle", "st-08");
  // One setting, for calls and for both legs.
  const both = "an ALB's idle timeout holds for both of its legs";
  for (const side of ["sender", "receiver"] as const)
    planned.set(side, "idleAfterMs", albIdleMs, both, "alb-idle", "ag-07");
  const probes = "with the threshold of 2, 20s until a target is out; its server accepts for longer";
  planned.set("relay", "healthEveryMs", 10 * s, probes, "alb-grpc", "hl-04");
  planned.set("relay", "healthThreshold", 2, "one lost probe is no reason", "alb-grpc", "hl-04");
  planDeregistration(planned, deadlineMs);
}

/** Of an ALB and an NLB alike. AWS takes up to an hour. */
export function planDeregistration(planned: PlannedHop, deadlineMs: number): void {
  const why = `a target that leaves may end its calls (deadline ${time(deadlineMs)}) while its pod still lives`;
  planned.set("relay", "deregistrationMs", Math.min(3_600 * s, upTo(s, deadlineMs)), why, "alb-target", "dr-08");
}

/**
 * How often a peer may PING: gRFC A8's server enforcement. Pure. A PING that comes sooner after the last permitted one
 * than the policy allows is a strike; one strike too many, and the peer is told to be calm. What we send of an answer
 * wipes the slate, so that only those are struck who wake us for nothing.
 */

export interface PingPolicy {
  /** The least time between two PINGs while calls are open, ms. Default 300,000: gRFC A8's 5 min. */
  readonly minTimeMs: number;
  /** Whether the same goes without calls. Default false: two hours must then lie between two PINGs. */
  readonly permitWithoutCalls: boolean;
  /** PINGs that may come too soon; the next one ends the connection. Default 2; Infinity polices nobody. */
  readonly strikes: number;
}

export const defaultPingPolicy: PingPolicy = { minTimeMs: 300_000, permitWithoutCalls: false, strikes: 2 };

/** What is kept against a peer. */
export interface PingSlate {
  readonly strikes: number;
  /** When the last PING came that was not too soon, ms. */
  readonly permittedAtMs: number;
}

/** Nothing: so it is at first, and after each HEADERS or DATA that we sent. */
export const cleanSlate: PingSlate = { strikes: 0, permittedAtMs: -Infinity };

/** A PING came. */
export function countPing(slate: PingSlate, nowMs: number, openStreams: number, policy: PingPolicy): PingSlate {
  const leastMs = openStreams > 0 || policy.permitWithoutCalls ? policy.minTimeMs : withoutCallsMs;
  if (nowMs >= slate.permittedAtMs + leastMs) return { strikes: slate.strikes, permittedAtMs: nowMs };
  return { strikes: slate.strikes + 1, permittedAtMs: slate.permittedAtMs };
}

/** Whether the last PING was one too many. */
export function isTooMany(slate: PingSlate, policy: PingPolicy): boolean {
  return slate.strikes > policy.strikes;
}

/** 2 h: gRFC A8's implicit permit for connections without calls, as TCP keepalive has it. */
const withoutCallsMs = 7_200_000;

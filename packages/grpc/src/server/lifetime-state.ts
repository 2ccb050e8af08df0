/**
 * How long one client's connection may live (gRFC A9), pure: an idle or an old one is told to go as in any drain, and gets
 * a grace once its real last id is out; what is open after that is cut. Owns the order and the times; `lifetime.ts` acts.
 */

import { farewellMs } from "./drain-state.ts";

export interface LifetimePolicy {
  /** Infinity for each means never. */
  readonly maxIdleMs: number;
  /** Jitter included. */
  readonly maxAgeMs: number;
  readonly graceMs: number;
}

export type LifetimeState =
  /** No idleness can be long enough before `lookAtMs`; whoever looks then need not be told of every call. */
  | { readonly kind: "serving"; readonly lookAtMs: number; readonly oldAtMs: number }
  /** GOAWAY(2^31-1) and a PING are out; what is on its way is still taken in, so the grace has not begun. */
  | { readonly kind: "warned" }
  | { readonly kind: "finishing"; readonly cutAtMs: number }
  /** Calls have got their last status, which is given a moment to reach the client. */
  | { readonly kind: "cutting"; readonly closeAtMs: number }
  | { readonly kind: "over" };

export type LifetimeInput =
  /** `idleSinceMs`: when the last call ended, or the connection began; Infinity while there are calls. */
  | { readonly kind: "tick"; readonly idleSinceMs: number }
  /** The real last stream id is out: the connection takes nothing new. */
  | { readonly kind: "last-id-said" };

export type LifetimeEffect =
  /** Drain the connection; GOAWAY says why. */
  | "drain-idle"
  | "drain-old"
  /** End every call that is open. */
  | "cut"
  | "close";

type Step = readonly [next: LifetimeState, effect?: LifetimeEffect];

export function begin(nowMs: number, policy: LifetimePolicy): LifetimeState {
  return { kind: "serving", lookAtMs: nowMs + policy.maxIdleMs, oldAtMs: nowMs + policy.maxAgeMs };
}

export function step(state: LifetimeState, input: LifetimeInput, nowMs: number, policy: LifetimePolicy): Step {
  switch (state.kind) {
    case "serving":
      // It leaves for a reason that is not ours, with a grace that is not ours.
      if (input.kind === "last-id-said") return [{ kind: "over" }];
      return look(state, input.idleSinceMs, nowMs, policy);
    case "warned":
      return input.kind === "last-id-said" ? [{ kind: "finishing", cutAtMs: nowMs + policy.graceMs }] : [state];
    case "finishing":
      if (input.kind !== "tick" || nowMs < state.cutAtMs) return [state];
      return [{ kind: "cutting", closeAtMs: nowMs + farewellMs }, "cut"];
    case "cutting":
      return input.kind === "tick" && nowMs >= state.closeAtMs ? [{ kind: "over" }, "close"] : [state];
    case "over":
      return [state];
  }
}

/** When a `tick` is wanted, ms; Infinity if never. */
export function lifetimeDeadline(state: LifetimeState): number {
  switch (state.kind) {
    case "serving":
      return Math.min(state.lookAtMs, state.oldAtMs);
    case "finishing":
      return state.cutAtMs;
    case "cutting":
      return state.closeAtMs;
    case "warned":
    case "over":
      return Infinity;
  }
}

/** gRFC A9: the age varies by a tenth either way, so that connections that began together do not end together. */
export function jittered(maxAgeMs: number, random: number): number {
  return maxAgeMs * (0.9 + 0.2 * random);
}

function look(
  state: Extract<LifetimeState, { readonly kind: "serving" }>,
  idleSinceMs: number,
  nowMs: number,
  { maxIdleMs }: LifetimePolicy,
): Step {
  if (nowMs >= state.oldAtMs) return [{ kind: "warned" }, "drain-old"];
  const idleAtMs = idleSinceMs + maxIdleMs;
  if (nowMs >= idleAtMs) return [{ kind: "warned" }, "drain-idle"];
  // A call that is open now ends now at the earliest.
  return [{ ...state, lookAtMs: idleSinceMs === Infinity ? nowMs + maxIdleMs : idleAtMs }];
}

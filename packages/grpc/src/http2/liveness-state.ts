/**
 * When silence means death. Pure: a union of states, inputs as facts, time given. Nothing waits for ever: with calls
 * in flight and nothing read for `quietMs`, one PING goes out; if nothing at all comes for `answerMs` after it left,
 * the connection is dead. A verdict that comes late (our own event loop was blocked) is postponed by one fresh PING:
 * the answer may lie unread in the kernel.
 */

export interface LivenessPolicy {
  /** Default 315,000: 5 min 15 s is below the 5 min per PING that every default gRPC server allows, plus jitter. */
  readonly quietMs: number;
  /** Default 20,000, gRPC's keepalive timeout (gRFC A8). */
  readonly answerMs: number;
  /** A tick later than this gives the peer another chance, ms. Default 100. */
  readonly lateMs: number;
}

export const defaultLiveness: LivenessPolicy = { quietMs: 315_000, answerMs: 20_000, lateMs: 100 };

export type Liveness =
  /** Nothing in flight: silence is fine. */
  | { readonly kind: "resting" }
  /** Calls in flight; a PING goes out at `probeAtMs` unless something is read. */
  | { readonly kind: "watching"; readonly probeAtMs: number }
  /** A PING waits to be flushed, or for its answer until `giveUpAtMs`. */
  | { readonly kind: "probing"; readonly giveUpAtMs: number }
  | { readonly kind: "dead" };

export type LivenessInput =
  | { readonly kind: "read" }
  | { readonly kind: "streams"; readonly open: number }
  /** The PING is with the kernel. */
  | { readonly kind: "flushed" }
  | { readonly kind: "tick" };

export type LivenessEffect = "ping" | "condemn";

type Step = readonly [next: Liveness, effect?: LivenessEffect];

export function step(state: Liveness, input: LivenessInput, nowMs: number, policy: LivenessPolicy): Step {
  switch (state.kind) {
    case "resting":
      return input.kind === "streams" && input.open > 0 ? watch(nowMs, policy) : [state];
    case "watching":
      if (input.kind === "streams" && input.open === 0) return [{ kind: "resting" }];
      if (input.kind === "read") return watch(nowMs, policy);
      if (input.kind === "tick" && nowMs >= state.probeAtMs) return [{ kind: "probing", giveUpAtMs: Infinity }, "ping"];
      return [state];
    case "probing":
      if (input.kind === "read") return watch(nowMs, policy);
      if (input.kind === "streams" && input.open === 0) return [{ kind: "resting" }];
      if (input.kind === "flushed" && state.giveUpAtMs === Infinity) {
        return [{ kind: "probing", giveUpAtMs: nowMs + policy.answerMs }];
      }
      if (input.kind === "tick" && nowMs >= state.giveUpAtMs) {
        if (nowMs - state.giveUpAtMs > policy.lateMs) return [{ kind: "probing", giveUpAtMs: Infinity }, "ping"];
        return [{ kind: "dead" }, "condemn"];
      }
      return [state];
    case "dead":
      return [state];
  }
}

/** The one list of this machine's deadlines. */
export function livenessDeadline(state: Liveness): number {
  switch (state.kind) {
    case "watching":
      return state.probeAtMs;
    case "probing":
      return state.giveUpAtMs;
    case "resting":
    case "dead":
      return Infinity;
  }
}

function watch(nowMs: number, policy: LivenessPolicy): Step {
  return [{ kind: "watching", probeAtMs: nowMs + policy.quietMs }];
}

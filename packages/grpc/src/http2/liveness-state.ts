/**
 * When silence means death. Pure: a union of states, inputs and facts, time given. Nothing waits for ever: when nothing
 * was read for as long as the policy says, one PING goes out; if nothing at all comes for `answerMs` after it left, the
 * connection is dead. A verdict that comes late (our own event loop was blocked) is postponed by one fresh PING: the
 * answer may lie unread in the kernel.
 *
 * Silence is counted from the last octet read, whatever it was (gRFC A8): the first call after a long rest does not
 * start it anew, it gets its PING at once. So two PINGs are never closer than the policy says as their reader sees them,
 * however the network shakes them: the second one waits for an answer to the first.
 */

export interface LivenessPolicy {
  /** Silence with streams open. Default 315,000: 5 min 15 s is above the 5 min that every default gRPC server asks for. */
  readonly quietMs: number;
  /** Silence without streams. Default Infinity: nobody waits. */
  readonly restMs: number;
  /** Default 20,000, gRPC's keepalive timeout (gRFC A8). */
  readonly answerMs: number;
  /** A tick later than this gives the peer another chance, ms. Default 100. */
  readonly lateMs: number;
}

export const defaultLiveness: LivenessPolicy = { quietMs: 315_000, restMs: Infinity, answerMs: 20_000, lateMs: 100 };

export type Liveness =
  /** A PING goes out when the silence has lasted. */
  | { readonly kind: "listening" }
  /** A PING waits to be flushed, or for its answer until `giveUpAtMs`; the end of the last stream does not end that. */
  | { readonly kind: "probing"; readonly giveUpAtMs: number }
  | { readonly kind: "dead" };

/** As every connection begins. */
export const listening: Liveness = { kind: "listening" };

export type LivenessInput =
  | { readonly kind: "read" }
  /** The PING is with the kernel. */
  | { readonly kind: "flushed" }
  | { readonly kind: "tick" };

/** What the connection knows. */
export interface LivenessFacts {
  /** When the last octet came, ms. */
  readonly heardAtMs: number;
  readonly openStreams: number;
}

export type LivenessEffect = "ping" | "condemn";

type Step = readonly [next: Liveness, effect?: LivenessEffect];

export function step(
  state: Liveness,
  input: LivenessInput,
  nowMs: number,
  policy: LivenessPolicy,
  facts: LivenessFacts,
): Step {
  const due = input.kind === "tick" && nowMs >= livenessDeadline(state, policy, facts);
  switch (state.kind) {
    case "listening":
      return due ? [{ kind: "probing", giveUpAtMs: Infinity }, "ping"] : [state];
    case "probing":
      if (input.kind === "read") return [listening];
      if (input.kind === "flushed" && state.giveUpAtMs === Infinity) {
        return [{ kind: "probing", giveUpAtMs: nowMs + policy.answerMs }];
      }
      if (!due) return [state];
      if (nowMs - state.giveUpAtMs > policy.lateMs) return [{ kind: "probing", giveUpAtMs: Infinity }, "ping"];
      return [{ kind: "dead" }, "condemn"];
    case "dead":
      return [state];
  }
}

/** The one list of this machine's deadlines, ms. May lie in the past: a stream was opened after a long silence. */
export function livenessDeadline(state: Liveness, policy: LivenessPolicy, facts: LivenessFacts): number {
  switch (state.kind) {
    case "listening":
      return facts.heardAtMs + (facts.openStreams > 0 ? policy.quietMs : policy.restMs);
    case "probing":
      return state.giveUpAtMs;
    case "dead":
      return Infinity;
  }
}

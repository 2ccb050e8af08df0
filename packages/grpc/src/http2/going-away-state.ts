/**
 * How we leave, RFC 9113 §6.8. Pure. A graceful leave has two phases: GOAWAY(2^31-1) warns, a PING measures the round
 * trip in which the peer's requests may still be on their way, then GOAWAY with the real id ends the taking of new
 * ones. Streams that were taken go on to their end in every state.
 */

export type GoingAway =
  | { readonly kind: "staying" }
  /** The warning is out; the PING's acknowledgement, or the deadline, is awaited. */
  | { readonly kind: "warned"; readonly pingSequence: number; readonly finishAtMs: number; readonly why: string }
  /** The real last id is out: streams above it are ignored. */
  | { readonly kind: "leaving"; readonly lastStreamId: number; readonly why: string };

/** As every connection begins. */
export const staying: GoingAway = { kind: "staying" };

export type GoingAwayInput =
  /**
   * The application wants to leave; `why` is what GOAWAY tells the peer. A client, whom no new stream can reach, leaves in
   * one step.
   */
  | { readonly kind: "drain"; readonly pingSequence: number; readonly twoPhase: boolean; readonly why: string }
  /** No round trip is waited for (any more): the connection is about to be closed. */
  | { readonly kind: "leave" }
  | { readonly kind: "pong"; readonly sequence: number }
  | { readonly kind: "tick" };

export type GoingAwayEffect = "warn-and-ping" | "say-last-id";

type Step = readonly [next: GoingAway, effect?: GoingAwayEffect];

/** How long a peer that does not acknowledge the PING is waited for, ms: the time of gRPC C-core's graceful GOAWAY. */
export const warnedForMs = 20_000;

/** What GOAWAY says when nobody gave a better reason. */
export const draining = "draining";

/** @param highestId The highest stream id taken so far: what the last GOAWAY will name. */
export function step(state: GoingAway, input: GoingAwayInput, nowMs: number, highestId: number): Step {
  switch (state.kind) {
    case "staying":
      if (input.kind === "leave") return leave(highestId, draining);
      if (input.kind !== "drain") return [state];
      if (!input.twoPhase) return leave(highestId, input.why);
      return [
        { kind: "warned", pingSequence: input.pingSequence, finishAtMs: nowMs + warnedForMs, why: input.why },
        "warn-and-ping",
      ];
    case "warned": {
      const answered = input.kind === "pong" && input.sequence === state.pingSequence;
      const waitedOut = input.kind === "tick" && nowMs >= state.finishAtMs;
      return answered || waitedOut || input.kind === "leave" ? leave(highestId, state.why) : [state];
    }
    case "leaving":
      return [state];
  }
}

function leave(lastStreamId: number, why: string): Step {
  return [{ kind: "leaving", lastStreamId, why }, "say-last-id"];
}

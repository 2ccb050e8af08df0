/**
 * One subchannel's whole life: a single address and its connection. Pure: time and chance come in, orders go out; the
 * file beside it (`subchannel.ts`) carries them out. A connection that ends is replaced at once, not when the next call
 * finds out; only an address that fails, or whose connections end before they were of any use, is left alone for a
 * while.
 */

export type Subchannel =
  | { readonly kind: "idle" }
  /** `attempt` counts failures in a row; a retry waits from `startedAtMs`, as gRPC's connection-backoff.md says. */
  | { readonly kind: "connecting"; readonly attempt: number; readonly startedAtMs: number }
  | { readonly kind: "ready"; readonly attempt: number; readonly startedAtMs: number; readonly readyAtMs: number }
  /** The address failed: gRPC's TRANSIENT_FAILURE, calls need not wait for it. */
  | { readonly kind: "backoff"; readonly attempt: number; readonly retryAtMs: number }
  /** The peer answers, but its connections end before they are of any use: calls wait a while. */
  | { readonly kind: "cooling"; readonly attempt: number; readonly retryAtMs: number }
  | { readonly kind: "shutdown" };

export type SubchannelInput =
  /** A call, or the balancing policy, wants a connection here. */
  | { readonly kind: "wanted" }
  /** The peer's SETTINGS came. */
  | { readonly kind: "ready" }
  /**
   * The connection takes no more calls: GOAWAY, or it ended. `useful`: an answer came on it. `wanted`: somebody may
   * need the next one.
   */
  | { readonly kind: "lost"; readonly useful: boolean; readonly wanted: boolean }
  | { readonly kind: "tick" }
  | { readonly kind: "close" };

export type SubchannelEffect =
  | "connect"
  /** The addresses may have changed: ask the resolver. */
  | "re-resolve";

type Step = readonly [next: Subchannel, effects: readonly SubchannelEffect[]];

/**
 * Connections without use in a row, after the first, for which calls still wait: as many as a call is sent again by
 * default (`maxReissues`), so that a call that is refused everywhere hears that, and not that nobody could be reached.
 */
const patience = 5;

/** How long to wait after so many failures in a row, ms, jitter included. */
export type BackoffOf = (attempt: number) => number;

export function step(state: Subchannel, input: SubchannelInput, nowMs: number, backoffOf: BackoffOf): Step {
  if (input.kind === "close") return [{ kind: "shutdown" }, []];
  switch (state.kind) {
    case "idle":
      return input.kind === "wanted" ? connect(0, nowMs) : [state, []];
    case "connecting":
      if (input.kind === "ready") return [{ ...state, kind: "ready", readyAtMs: nowMs }, []];
      return input.kind === "lost" ? backOff("backoff", state, nowMs, backoffOf) : [state, []];
    case "ready":
      return input.kind === "lost" ? lose(state, input, nowMs, backoffOf) : [state, []];
    case "backoff":
    case "cooling":
      return input.kind === "tick" && nowMs >= state.retryAtMs ? connect(state.attempt, nowMs) : [state, []];
    case "shutdown":
      return [state, []];
  }
}

/** The one deadline of this machine. */
export function subchannelDeadline(state: Subchannel): number {
  return state.kind === "backoff" || state.kind === "cooling" ? state.retryAtMs : Infinity;
}

function lose(
  state: Subchannel & { kind: "ready" },
  { useful, wanted }: { readonly useful: boolean; readonly wanted: boolean },
  nowMs: number,
  backoffOf: BackoffOf,
): Step {
  if (!wanted) return [{ kind: "idle" }, ["re-resolve"]];
  // One that lived longer than its back-off would have been is no sign of a peer that greets and leaves: it was idle.
  if (useful || nowMs >= state.readyAtMs + backoffOf(state.attempt)) return connect(0, nowMs, "re-resolve");
  // The first one without use may be bad luck; a row of them is a peer that greets and leaves, and must not be hammered.
  if (state.attempt === 0) return connect(1, nowMs, "re-resolve");
  return backOff(state.attempt > patience ? "backoff" : "cooling", state, nowMs, backoffOf);
}

function backOff(
  kind: "backoff" | "cooling",
  state: { attempt: number; startedAtMs: number },
  nowMs: number,
  backoffOf: BackoffOf,
): Step {
  const retryAtMs = Math.max(nowMs, state.startedAtMs + backoffOf(state.attempt));
  return [{ kind, attempt: state.attempt + 1, retryAtMs }, ["re-resolve"]];
}

function connect(attempt: number, nowMs: number, ...before: SubchannelEffect[]): Step {
  return [{ kind: "connecting", attempt, startedAtMs: nowMs }, [...before, "connect"]];
}

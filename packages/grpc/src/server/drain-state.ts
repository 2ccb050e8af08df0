/**
 * A server's leaving, pure: say so in its health, warn the clients, empty the accept queue, let calls finish, cut those
 * that do not, close. Owns the order and the times; `drain.ts` acts.
 */

export type DrainState =
  | { readonly kind: "serving" }
  /** The health says NOT_SERVING, and whoever balances gets time to see it. All that comes is served. */
  | { readonly kind: "lame-duck"; readonly warnAtMs: number; readonly graceMs: number }
  /** Clients are warned. Connections that the kernel has already accepted for us are taken in, or it would reset them. */
  | { readonly kind: "emptying"; readonly cutAtMs: number }
  /** Nobody new is let in; calls go on to their end. */
  | { readonly kind: "finishing"; readonly cutAtMs: number }
  /** The time was up: calls have got their last status, which is given a moment to reach them. */
  | { readonly kind: "cutting"; readonly closeAtMs: number }
  /** Connections are being closed, each with a lingering close that has its own bound. */
  | { readonly kind: "closing" }
  | { readonly kind: "over" };

export type DrainInput =
  | { readonly kind: "drain"; readonly graceMs: number; readonly lameDuckMs: number }
  | { readonly kind: "close" }
  /** What the kernel had accepted for us has been taken in. */
  | { readonly kind: "queue-emptied" }
  | { readonly kind: "connection-ended" }
  | { readonly kind: "tick" };

export type DrainEffect =
  /** Tell those in this process that say how the server is. */
  | "announce"
  /** Tell every client to go, RFC 9113 §6.8. */
  | "warn"
  | "stop-listening"
  /** End every call that is open. */
  | "cut"
  /** Close every connection that is left. */
  | "close"
  /** Nothing of the server is left: tell those who wait. */
  | "settle";

type Step = readonly [next: DrainState, effects: readonly DrainEffect[]];

// A status that was queued needs a round trip's worth of time to leave; a client that takes longer is not reading.
export const farewellMs = 1_000;

const over: DrainState = { kind: "over" };

/** @param connections How many connections there are now. */
export function step(state: DrainState, input: DrainInput, nowMs: number, connections: number): Step {
  switch (state.kind) {
    case "serving":
      if (input.kind === "drain") return begin(input, nowMs);
      return input.kind === "close" ? close(connections, ["announce", "stop-listening"]) : [state, []];
    case "lame-duck":
      return lameDuck(state, input, nowMs, connections);
    case "emptying":
      return emptying(state, input, nowMs, connections);
    case "finishing":
      return finishing(state, input, nowMs, connections);
    case "cutting":
      if (input.kind === "connection-ended" && connections === 0) return [over, ["settle"]];
      if (input.kind === "close") return close(connections, []);
      return input.kind === "tick" && nowMs >= state.closeAtMs ? close(connections, []) : [state, []];
    case "closing":
      return input.kind === "connection-ended" && connections === 0 ? [over, ["settle"]] : [state, []];
    case "over":
      return [state, []];
  }
}

/** When a `tick` is wanted, ms; Infinity if never. */
export function drainDeadline(state: DrainState): number {
  switch (state.kind) {
    case "lame-duck":
      return state.warnAtMs;
    case "emptying":
    case "finishing":
      return state.cutAtMs;
    case "cutting":
      return state.closeAtMs;
    case "serving":
    case "closing":
    case "over":
      return Infinity;
  }
}

function begin({ graceMs, lameDuckMs }: Extract<DrainInput, { readonly kind: "drain" }>, nowMs: number): Step {
  if (lameDuckMs > 0) return [{ kind: "lame-duck", warnAtMs: nowMs + lameDuckMs, graceMs }, ["announce"]];
  return [{ kind: "emptying", cutAtMs: nowMs + graceMs }, ["announce", "warn"]];
}

function lameDuck(state: Timed<"lame-duck">, input: DrainInput, nowMs: number, connections: number): Step {
  switch (input.kind) {
    case "drain": {
      const warnAtMs = Math.min(state.warnAtMs, nowMs + input.lameDuckMs);
      return [{ ...state, warnAtMs, graceMs: Math.min(state.graceMs, input.graceMs) }, []];
    }
    case "close":
      return close(connections, ["stop-listening"]);
    case "tick":
      return nowMs >= state.warnAtMs ? [{ kind: "emptying", cutAtMs: nowMs + state.graceMs }, ["warn"]] : [state, []];
    case "connection-ended":
    case "queue-emptied":
      return [state, []];
  }
}

function emptying(state: Timed<"emptying">, input: DrainInput, nowMs: number, connections: number): Step {
  switch (input.kind) {
    case "drain":
      return [shortened(state, input.graceMs, nowMs), []];
    case "close":
      return close(connections, ["stop-listening"]);
    case "queue-emptied":
      if (connections === 0) return [over, ["stop-listening", "settle"]];
      return [{ kind: "finishing", cutAtMs: state.cutAtMs }, ["stop-listening"]];
    case "tick":
      if (nowMs < state.cutAtMs) return [state, []];
      if (connections === 0) return [over, ["stop-listening", "settle"]];
      return [cutting(nowMs), ["stop-listening", "cut"]];
    case "connection-ended":
      // Another may be in the queue.
      return [state, []];
  }
}

function finishing(state: Timed<"finishing">, input: DrainInput, nowMs: number, connections: number): Step {
  switch (input.kind) {
    case "drain":
      return [shortened(state, input.graceMs, nowMs), []];
    case "close":
      return close(connections, []);
    case "connection-ended":
      return connections === 0 ? [over, ["settle"]] : [state, []];
    case "tick":
      return nowMs >= state.cutAtMs ? [cutting(nowMs), ["cut"]] : [state, []];
    case "queue-emptied":
      return [state, []];
  }
}

type Timed<Kind extends DrainState["kind"]> = Extract<DrainState, { readonly kind: Kind }>;

function cutting(nowMs: number): DrainState {
  return { kind: "cutting", closeAtMs: nowMs + farewellMs };
}

/** A second drain joins the first; it can only be more impatient. */
function shortened<S extends { readonly cutAtMs: number }>(state: S, graceMs: number, nowMs: number): S {
  return { ...state, cutAtMs: Math.min(state.cutAtMs, nowMs + graceMs) };
}

function close(connections: number, first: readonly DrainEffect[]): Step {
  if (connections === 0) return [over, [...first, "settle"]];
  return [{ kind: "closing" }, [...first, "close"]];
}

import { describe, expect, it } from "vitest";
import { step, type Subchannel, subchannelDeadline, type SubchannelInput } from "./subchannel-state.ts";

const backoffOf = (attempt: number) => 1_000 * 2 ** attempt;
const wanted: SubchannelInput = { kind: "wanted" };
const ready: SubchannelInput = { kind: "ready" };
const tick: SubchannelInput = { kind: "tick" };
const lost = (useful: boolean, isWanted = true): SubchannelInput => ({ kind: "lost", useful, wanted: isWanted });

/** Runs inputs at times and tells each state with its effects. */
function run(...inputs: [atMs: number, input: SubchannelInput][]): string[] {
  let state: Subchannel = { kind: "idle" };
  return inputs.map(([atMs, input]) => {
    const [next, effects] = step(state, input, atMs, backoffOf);
    state = next;
    const until = "retryAtMs" in state ? ` until ${state.retryAtMs}` : "";
    return [state.kind + until, ...effects].join(", ");
  });
}

describe("a subchannel", () => {
  it("connects when wanted, and again at once when a useful connection is lost", () => {
    expect(run([0, tick], [0, wanted], [5, ready], [900, lost(true)], [901, ready])).toEqual([
      "idle",
      "connecting, connect",
      "ready",
      "connecting, re-resolve, connect",
      "ready",
    ]);
  });

  it("backs off from the start of a failed attempt, longer each time, and forgets it after a useful connection", () => {
    expect(
      run(
        [0, wanted],
        [10, lost(false)],
        [999, tick],
        [1_000, tick],
        [1_500, lost(false)],
        [3_000, tick],
        [3_001, ready],
        [3_500, lost(true)],
        [3_501, lost(false)],
      ),
    ).toEqual([
      "connecting, connect",
      "backoff until 1000, re-resolve",
      "backoff until 1000",
      "connecting, connect",
      "backoff until 3000, re-resolve",
      "connecting, connect",
      "ready",
      "connecting, re-resolve, connect",
      "backoff until 4500, re-resolve",
    ]);
  });

  it("does not hammer a peer that greets and leaves", () => {
    expect(run([0, wanted], [1, ready], [2, lost(false)], [3, ready], [4, lost(false)], [2_002, tick])).toEqual([
      "connecting, connect",
      "ready",
      "connecting, re-resolve, connect",
      "ready",
      "cooling until 2002, re-resolve",
      "connecting, connect",
    ]);
  });

  it("counts a peer that leaves time and again as failed, once it has had as many chances as a call has", () => {
    let state: Subchannel = { kind: "idle" };
    const kinds: string[] = [];
    for (let nowMs = 0; kinds.length < 8; nowMs += 1e6) {
      for (const input of [wanted, tick, ready, lost(false)]) [state] = step(state, input, nowMs, backoffOf);
      kinds.push(state.kind);
    }
    expect(kinds.slice(1)).toEqual([...Array<string>(5).fill("cooling"), "backoff", "backoff"]);
  });

  it("takes a connection that lived long without use for an idle one, however often that comes", () => {
    let state: Subchannel = { kind: "idle" };
    const kinds: string[] = [];
    for (let nowMs = 0; kinds.length < 20; nowMs += 60_000) {
      for (const input of [wanted, ready]) [state] = step(state, input, nowMs, backoffOf);
      [state] = step(state, lost(false), nowMs + 60_000, backoffOf);
      kinds.push(state.kind);
    }
    expect(new Set(kinds)).toEqual(new Set(["connecting"]));
  });

  it("takes one that lived as long as its back-off for an idle one, and a millisecond less for a leaver", () => {
    const state: Subchannel = { kind: "ready", attempt: 1, startedAtMs: 0, readyAtMs: 10 };
    expect(step(state, lost(false), 2_010, backoffOf)[0]).toMatchObject({ kind: "connecting", attempt: 0 });
    expect(step(state, lost(false), 2_009, backoffOf)[0]).toMatchObject({ kind: "cooling", attempt: 2 });
  });

  it("rests when nobody wants the connection that was lost", () => {
    expect(run([0, wanted], [1, ready], [2, lost(true, false)])).toEqual([
      "connecting, connect",
      "ready",
      "idle, re-resolve",
    ]);
  });

  const states: Subchannel[] = [
    { kind: "idle" },
    { kind: "connecting", attempt: 1, startedAtMs: 0 },
    { kind: "ready", attempt: 1, startedAtMs: 0, readyAtMs: 0 },
    { kind: "backoff", attempt: 1, retryAtMs: 5 },
    { kind: "cooling", attempt: 1, retryAtMs: 5 },
    { kind: "shutdown" },
  ];

  it("wants to be woken for its retry and for nothing else", () => {
    expect(states.map(subchannelDeadline)).toEqual([Infinity, Infinity, Infinity, 5, 5, Infinity]);
  });

  it("has an answer for every state and input, also when its time is up; shutdown is final", () => {
    const picture = states.map((state) => {
      const cells = [wanted, ready, tick, lost(true), lost(false), { kind: "close" } as const].map((input) => {
        const [next, effects] = step(state, input, 10, backoffOf);
        return next === state && effects.length === 0 ? "." : [next.kind, ...effects].join(" ");
      });
      return `${state.kind}: ${cells.join(" | ")}`;
    });
    const again = "connecting re-resolve connect";
    expect(picture).toEqual([
      "idle: connecting connect | . | . | . | . | shutdown",
      "connecting: . | ready | . | backoff re-resolve | backoff re-resolve | shutdown",
      `ready: . | . | . | ${again} | cooling re-resolve | shutdown`,
      "backoff: . | . | connecting connect | . | . | shutdown",
      "cooling: . | . | connecting connect | . | . | shutdown",
      "shutdown: . | . | . | . | . | shutdown",
    ]);
  });
});

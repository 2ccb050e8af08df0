import { describe, expect, it } from "vitest";
import { defaultLiveness, type Liveness, livenessDeadline, type LivenessInput, step } from "./liveness-state.ts";

const policy = defaultLiveness;

/** Runs inputs at times; returns the states and effects as words. */
function run(...inputs: [atMs: number, input: LivenessInput][]): string[] {
  let state: Liveness = { kind: "resting" };
  return inputs.map(([atMs, input]) => {
    const [next, effect] = step(state, input, atMs, policy);
    state = next;
    return effect === undefined ? next.kind : `${next.kind}+${effect}`;
  });
}

const streams = (open: number): LivenessInput => ({ kind: "streams", open });
const tick: LivenessInput = { kind: "tick" };
const read: LivenessInput = { kind: "read" };
const flushed: LivenessInput = { kind: "flushed" };

describe("liveness", () => {
  it("rests without calls, whatever the clock says", () => {
    expect(run([0, read], [1e9, tick], [1e9, flushed])).toEqual(["resting", "resting", "resting"]);
  });

  it("probes a silent peer once, and condemns it 20 s after the PING left", () => {
    expect(run([0, streams(1)], [314_999, tick], [315_000, tick], [316_000, flushed], [336_000, tick])).toEqual([
      "watching",
      "watching",
      "probing+ping",
      "probing",
      "dead+condemn",
    ]);
  });

  it("does not condemn while the PING is not with the kernel: that is the no-progress deadline's business", () => {
    expect(run([0, streams(1)], [315_000, tick], [900_000, tick])).toEqual(["watching", "probing+ping", "probing"]);
  });

  it("takes any byte as life", () => {
    expect(run([0, streams(1)], [315_000, tick], [315_001, flushed], [330_000, read], [336_000, tick])).toEqual([
      "watching",
      "probing+ping",
      "probing",
      "watching",
      "watching",
    ]);
  });

  it("asks once more when its own tick came late, and condemns in time after that", () => {
    const late = 335_000 + 101;
    expect(
      run([0, streams(1)], [315_000, tick], [315_000, flushed], [late, tick], [late, flushed], [late + 20_000, tick]),
    ).toEqual(["watching", "probing+ping", "probing", "probing+ping", "probing", "dead+condemn"]);
  });

  it("rests again when the last call ended", () => {
    expect(run([0, streams(1)], [1, streams(0)])).toEqual(["watching", "resting"]);
    expect(run([0, streams(1)], [315_000, tick], [315_001, streams(0)])).toEqual([
      "watching",
      "probing+ping",
      "resting",
    ]);
  });

  it("has an answer for every state and input, and dead stays dead", () => {
    const states: Liveness[] = [
      { kind: "resting" },
      { kind: "watching", probeAtMs: 5 },
      { kind: "probing", giveUpAtMs: 5 },
      { kind: "dead" },
    ];
    for (const state of states) {
      for (const input of [read, tick, flushed, streams(0), streams(1)]) {
        const [next] = step(state, input, 10, policy);
        if (state.kind === "dead") expect(next).toBe(state);
        expect(livenessDeadline(next)).toBeGreaterThan(0);
      }
    }
  });
});

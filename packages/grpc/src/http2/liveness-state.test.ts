import { describe, expect, it } from "vitest";
import { defaultLiveness, type Liveness, livenessDeadline, type LivenessInput, step } from "./liveness-state.ts";

const policy = { ...defaultLiveness, restMs: 7_200_000 };
const tick: LivenessInput = { kind: "tick" };
const read: LivenessInput = { kind: "read" };
const flushed: LivenessInput = { kind: "flushed" };

/** Runs inputs at times, with so many streams open; returns the states and effects as words. A read is heard. */
function run(openStreams: number, ...inputs: [atMs: number, input: LivenessInput][]): string[] {
  let state: Liveness = { kind: "listening" };
  let heardAtMs = 0;
  return inputs.map(([atMs, input]) => {
    if (input.kind === "read") heardAtMs = atMs;
    const [next, effect] = step(state, input, atMs, policy, { heardAtMs, openStreams });
    state = next;
    return effect === undefined ? next.kind : `${next.kind}+${effect}`;
  });
}

describe("liveness", () => {
  it("leaves a connection without streams alone by default, whatever the clock says", () => {
    expect(livenessDeadline({ kind: "listening" }, defaultLiveness, { heardAtMs: 0, openStreams: 0 })).toBe(Infinity);
  });

  it("asks one without streams after a longer silence where the policy wants that", () => {
    expect(run(0, [7_199_999, tick], [7_200_000, tick], [7_200_000, flushed], [7_220_000, tick])).toEqual([
      "listening",
      "probing+ping",
      "probing",
      "dead+condemn",
    ]);
  });

  it("probes a silent peer once, and condemns it 20 s after the PING left", () => {
    expect(run(1, [314_999, tick], [315_000, tick], [316_000, flushed], [335_999, tick], [336_000, tick])).toEqual([
      "listening",
      "probing+ping",
      "probing",
      "probing",
      "dead+condemn",
    ]);
  });

  it("asks at once when a stream is opened on a connection that was quiet for long", () => {
    const facts = { heardAtMs: 1_000, openStreams: 1 };
    expect(livenessDeadline({ kind: "listening" }, policy, facts)).toBe(316_000);
    expect(step({ kind: "listening" }, tick, 900_000, policy, facts)[1]).toBe("ping");
  });

  it("does not condemn while the PING is not with the kernel: that is the no-progress deadline's business", () => {
    expect(run(1, [315_000, tick], [900_000, tick], [920_000, tick])).toEqual(["probing+ping", "probing", "probing"]);
  });

  it("counts from the flush that took the PING along, whatever is flushed after it", () => {
    expect(run(1, [315_000, tick], [315_000, flushed], [330_000, flushed], [335_000, tick]).at(-1)).toBe(
      "dead+condemn",
    );
  });

  it("looks at the clock at a tick only", () => {
    const facts = { heardAtMs: 0, openStreams: 1 };
    const states: Liveness[] = [{ kind: "listening" }, { kind: "probing", giveUpAtMs: 5 }];
    for (const state of states) expect(step(state, flushed, 1e9, policy, facts)).toEqual([state]);
  });

  it("takes any byte as life", () => {
    expect(run(1, [315_000, tick], [315_001, flushed], [330_000, read], [335_001, tick], [644_999, tick])).toEqual([
      "probing+ping",
      "probing",
      "listening",
      "listening",
      "listening",
    ]);
  });

  it("asks once more when its own tick came late, and condemns in time after that", () => {
    const late = 335_000 + 101;
    expect(run(1, [315_000, tick], [315_000, flushed], [late, tick], [late, flushed], [late + 20_000, tick])).toEqual([
      "probing+ping",
      "probing",
      "probing+ping",
      "probing",
      "dead+condemn",
    ]);
  });

  it("takes a tick that is late by no more than the policy bears for one in time", () => {
    expect(run(1, [315_000, tick], [315_000, flushed], [335_100, tick])).toEqual([
      "probing+ping",
      "probing",
      "dead+condemn",
    ]);
  });

  it("wants its answer although the last call ended meanwhile: the next one must not meet a dead connection", () => {
    const facts = { heardAtMs: 0, openStreams: 0 };
    const probing: Liveness = { kind: "probing", giveUpAtMs: 335_000 };
    expect(livenessDeadline(probing, defaultLiveness, facts)).toBe(335_000);
    expect(step(probing, tick, 335_000, defaultLiveness, facts)[1]).toBe("condemn");
  });

  it("has an answer for every state and input, and dead stays dead", () => {
    const states: Liveness[] = [{ kind: "listening" }, { kind: "probing", giveUpAtMs: 5 }, { kind: "dead" }];
    for (const state of states) {
      for (const input of [read, tick, flushed]) {
        const [next] = step(state, input, 10, policy, { heardAtMs: 9, openStreams: 1 });
        if (state.kind === "dead") expect(next).toBe(state);
        expect(livenessDeadline(next, policy, { heardAtMs: 9, openStreams: 1 })).toBeGreaterThan(0);
      }
    }
  });
});

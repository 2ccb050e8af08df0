import { describe, expect, it } from "vitest";
import { type StreamInput, type StreamState, streamTable } from "./stream-state.ts";

const inputs: StreamInput[] = ["send-headers", "recv-headers", "send-end", "recv-end", "send-reset", "recv-reset"];
const states = Object.keys(streamTable) as StreamState[];

describe("the stream table", () => {
  it("decides every cell as RFC 9113 figure 2 does, dots being violations", () => {
    const picture = states.map(
      (state) => `${state}: ${inputs.map((input) => streamTable[state][input] ?? ".").join(" | ")}`,
    );
    expect(picture).toEqual([
      "idle: open | open | . | . | . | .",
      "open: open | open | half-closed-local | half-closed-remote | closed | closed",
      "half-closed-local: . | half-closed-local | . | closed | closed | closed",
      "half-closed-remote: half-closed-remote | . | closed | . | closed | closed",
      "closed: . | . | . | . | . | .",
    ]);
  });

  it("never leaves closed, and reaches closed from every state but idle by a reset", () => {
    for (const state of states) {
      if (state === "idle" || state === "closed") continue;
      expect(streamTable[state]["send-reset"]).toBe("closed");
      expect(streamTable[state]["recv-reset"]).toBe("closed");
    }
  });

  it("mirrors itself: what one side sends, the other receives", () => {
    const mirrorState: Record<StreamState, StreamState> = {
      idle: "idle",
      open: "open",
      "half-closed-local": "half-closed-remote",
      "half-closed-remote": "half-closed-local",
      closed: "closed",
    };
    const mirrorInput = (input: StreamInput) =>
      (input.startsWith("send") ? input.replace("send", "recv") : input.replace("recv", "send")) as StreamInput;
    for (const state of states) {
      for (const input of inputs) {
        const here = streamTable[state][input];
        const there = streamTable[mirrorState[state]][mirrorInput(input)];
        expect(there).toBe(here === undefined ? undefined : mirrorState[here]);
      }
    }
  });
});

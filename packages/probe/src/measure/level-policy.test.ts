/** Who answers, from what was seen: real greetings, names in headers, times, and what idleness betrayed. */

import { describe, expect, it } from "vitest";
import { judgeLevel, type LevelSeen } from "./level-policy.ts";
import type { Finding } from "./measure.ts";
import { speakersOf } from "./speakers.ts";

const seen: LevelSeen = {
  greeting: { settings: [["MAX_FRAME_SIZE", 16_384]], pings: ["02041010090e0707"] },
  ...{ connectMs: [0.2], pingMs: [0.3], checkMs: [0.9], outcomes: ["SERVING"], headers: [], http1: undefined },
};
const finding = (facts: Finding["facts"]): Finding => ({
  ...{ id: "idle", title: "", verdict: "well", words: "", evidence: [], advice: [] },
  facts,
});

describe("who answers", () => {
  it("is grpc-go by its SETTINGS and its PING, and nothing is in between", () => {
    const verdict = judgeLevel(seen, []);
    expect(verdict).toMatchObject({ answers: "server", names: ["grpc-go"], between: { certainty: 0 } });
    expect(verdict.certainty).toBeGreaterThan(0.9);
  });

  it("has something below HTTP/2 before it when idle connections end without its GOAWAY", () => {
    expect(judgeLevel(seen, [finding({ end: "rst", idleMs: 60_000 })]).between.certainty).toBe(0.8);
    expect(judgeLevel(seen, [finding({ end: "silence", idleMs: 60_000, belowMs: 1 })]).between.certainty).toBe(0.95);
    expect(judgeLevel(seen, [finding({ end: "goaway", idleMs: 60_000 })]).between.certainty).toBe(0);
  });

  it("has something before it when TCP connects sooner than a PING comes back", () => {
    const { between } = judgeLevel({ ...seen, connectMs: [1, 3], pingMs: [40, 45] }, []);
    expect(between.reasons).toEqual([expect.stringContaining("TCP connects in 1 ms, a PING takes 40 ms")]);
  });

  it("is a proxy that names itself, whatever stands behind it", () => {
    const headers = [":status", "200", "server", "envoy", "x-envoy-upstream-service-time", "3"];
    const verdict = judgeLevel({ ...seen, greeting: { settings: [["0x77", 1]], pings: [] }, headers }, []);
    expect(verdict).toMatchObject({ answers: "proxy", names: ["Envoy"] });
  });

  it("is a proxy when PINGs are answered and nobody serves", () => {
    const greeting = { settings: [["0x77", 1]] as const, pings: [] };
    expect(judgeLevel({ ...seen, greeting, outcomes: ["HTTP 502"] }, [])).toMatchObject({ answers: "proxy" });
  });

  it("is not guessed from nothing", () => {
    expect(judgeLevel({ ...seen, greeting: { settings: [["0x77", 1]], pings: [] } }, [])).toMatchObject({
      ...{ answers: "unknown", names: [], certainty: 0 },
    });
  });
});

describe("a greeting", () => {
  const streams = "MAX_CONCURRENT_STREAMS";
  const window = "INITIAL_WINDOW_SIZE";
  const frame = "MAX_FRAME_SIZE";
  const list = "MAX_HEADER_LIST_SIZE";
  // As they came from these programs.
  const greetings = {
    nginx: [
      [streams, 128],
      [window, 65_536],
      [frame, 16_777_215],
    ],
    HAProxy: [
      ["ENABLE_CONNECT_PROTOCOL", 1],
      [streams, 100],
    ],
    "C-core": [
      [window, 4_194_303],
      [frame, 4_194_303],
      [list, 8_192],
      ["GRPC_ALLOW_TRUE_BINARY_METADATA", 1],
    ],
    "grpc-java": [
      [streams, 0x7fffffff],
      [window, 1_048_576],
      [list, 8_192],
    ],
    "Go net/http": [
      [frame, 1_048_576],
      [streams, 250],
      [list, 1_048_896],
      ["HEADER_TABLE_SIZE", 4_096],
      [window, 1_048_576],
    ],
    Holdfast: [
      [streams, 1_024],
      [window, 262_144],
      [list, 65_536],
    ],
    Node: [],
  } as const;

  it.each(Object.entries(greetings))("of %s is known, and nobody else's", (name, settings) => {
    expect(speakersOf({ settings, pings: [] }).map((speaker) => speaker.name)).toEqual([name]);
  });

  it("with one setting more, or in another order, is nobody's", () => {
    expect(speakersOf({ settings: [...greetings.nginx, ["0x77", 1]], pings: [] })).toEqual([]);
    expect(speakersOf({ settings: [...greetings.nginx].reverse(), pings: [] })).toEqual([]);
  });
});

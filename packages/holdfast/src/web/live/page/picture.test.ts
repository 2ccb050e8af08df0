import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { sampleView } from "../../../../test/sample-view.ts";
import type { LiveClient, RunView } from "./live-view.ts";
import { liveWords } from "./live-words.ts";
import { pace } from "./pace.ts";
import { picture, pictureText } from "./picture.ts";

const { plan, phase, elapsedMs, backends, restarts, clients } = sampleView;

function runOf(failedIn: LiveClient["failedIn"], more: Partial<RunView> = {}): RunView {
  const ended = Array.from({ length: 40 }, (_, index) => [index * 250, index * 50] as const);
  const lanes = clients.map((client) => ({ ...client, ended, failedIn }));
  return { kind: "run", number: 1, plan, phase, elapsedMs, backends, restarts, clients: lanes, failures: [], ...more };
}

const none = { Read: [], Write: [] };
const drawn = (run: RunView, width = 800): string => picture(run, width, liveWords.en).text;
const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe("the pace", () => {
  it("is the mean of the last second, and nothing before half a second", () => {
    const ended = [0, 250, 500, 750, 1_000, 1_250].map((atMs) => [atMs, atMs < 1_000 ? atMs / 5 : 200] as const);
    expect(pace(ended)).toEqual([
      [500, 200],
      [750, 200],
      [1_000, 200],
      [1_250, 150],
    ]);
  });

  it("is finite and never negative for whatever history", () => {
    const step = fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.nat(500));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let [atMs, calls] = [0, 0];
        const ended = steps.map(([ms, more]) => [(atMs += ms), (calls += more)] as const);
        for (const [, callsPerS] of pace(ended)) {
          expect(Number.isFinite(callsPerS)).toBe(true);
          expect(callsPerS).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe("the picture", () => {
  it("has a square for each failed call, of reads and of writes, at every width", () => {
    const run = runOf({ Read: [0, 2], Write: [0, 1, 0, 3] });
    for (const width of [240, 320, 800, 1_400]) {
      const text = drawn(run, width);
      // Two clients with the same history.
      expect(count(text, /class="read"/g), `${width}`).toBe(4);
      expect(count(text, /class="write"/g), `${width}`).toBe(8);
    }
  });

  it("says in a number what does not fit", () => {
    const text = drawn(runOf({ Read: [400], Write: [] }));
    const squares = count(text, /class="read"/g) / 2;
    const [, more] = /\+(\d+)/.exec(text) ?? [];
    expect(squares + Number(more)).toBe(400);
  });

  it("marks restarts with as much of a name as there is room for", () => {
    const long = { ...plan, forMs: 60_000 };
    expect(drawn(runOf(none, { plan: { ...plan, forMs: 10_000 } }))).toContain(">SIGTERM 1<");
    expect(drawn(runOf(none), 500)).toContain(">T1<");
    expect(drawn(runOf(none, { plan: long }), 300)).toContain(">K<");
    expect(count(drawn(runOf(none)), /<path class="restart kill"/g)).toBe(2);
  });

  it("stays inside itself", () => {
    const text = drawn(runOf({ Read: [], Write: Array.from({ length: 120 }, () => 9) }), 320);
    const height = Number(/height="(\d+)"/.exec(text)?.[1]);
    for (const [, x] of text.matchAll(/\sx="([^"]+)"/g)) expect(Number(x)).toBeLessThan(320);
    for (const [, y] of text.matchAll(/\sy="([^"]+)"/g)) {
      expect(Number(y)).toBeGreaterThan(0);
      expect(Number(y)).toBeLessThan(height);
    }
    expect(text).not.toContain("NaN");
  });

  it("can be told instead of shown", () => {
    const words = pictureText(runOf(none), liveWords.en);
    expect(words).toContain("holdfast: 6,024 calls ended, 3 of them failed.");
    expect(words).toContain("2 restarts");
    expect(drawn(runOf(none))).toContain(`aria-label="${words}"`);
  });
});

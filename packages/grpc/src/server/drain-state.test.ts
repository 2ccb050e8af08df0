import { describe, expect, it } from "vitest";
import { drainDeadline, type DrainInput, type DrainState, farewellMs, step } from "./drain-state.ts";

const states: DrainState[] = [
  { kind: "serving" },
  { kind: "lame-duck", warnAtMs: 100, graceMs: 30 },
  { kind: "emptying", cutAtMs: 100 },
  { kind: "finishing", cutAtMs: 100 },
  { kind: "cutting", closeAtMs: 100 },
  { kind: "closing" },
  { kind: "over" },
];
const inputs: DrainInput[] = [
  { kind: "drain", graceMs: 30, lameDuckMs: 0 },
  { kind: "close" },
  { kind: "queue-emptied" },
  { kind: "connection-ended" },
  { kind: "tick" },
];

/** `state input → next [effects]` for every cell, at 50 ms, before any deadline. */
function walk(connections: number): string[] {
  return states.flatMap((state) =>
    inputs.map((input) => {
      const [next, effects] = step(state, input, 50, connections);
      const same = JSON.stringify(next) === JSON.stringify(state);
      return `${state.kind} ${input.kind} → ${same ? "same" : next.kind} [${effects.join(" ")}]`;
    }),
  );
}

describe("leaving as a server", () => {
  it("goes from warning over the accept queue to the end of calls", () => {
    const [emptying, warn] = step({ kind: "serving" }, { kind: "drain", graceMs: 30, lameDuckMs: 0 }, 50, 2);
    expect([emptying, warn]).toEqual([{ kind: "emptying", cutAtMs: 80 }, ["announce", "warn"]]);
    const [finishing, stop] = step(emptying, { kind: "queue-emptied" }, 51, 2);
    expect([finishing, stop]).toEqual([{ kind: "finishing", cutAtMs: 80 }, ["stop-listening"]]);
    expect(step(finishing, { kind: "connection-ended" }, 60, 1)).toEqual([finishing, []]);
    expect(step(finishing, { kind: "connection-ended" }, 60, 0)).toEqual([{ kind: "over" }, ["settle"]]);
  });

  it("serves on as a lame duck before it warns, and counts the grace from there", () => {
    const [duck, announce] = step({ kind: "serving" }, { kind: "drain", graceMs: 30, lameDuckMs: 10 }, 50, 2);
    expect([duck, announce]).toEqual([{ kind: "lame-duck", warnAtMs: 60, graceMs: 30 }, ["announce"]]);
    expect(step(duck, { kind: "connection-ended" }, 59, 0)).toEqual([duck, []]);
    expect(step(duck, { kind: "tick" }, 59, 1)).toEqual([duck, []]);
    expect(step(duck, { kind: "tick" }, 61, 1)).toEqual([{ kind: "emptying", cutAtMs: 91 }, ["warn"]]);
  });

  it("can be hurried as a lame duck, never slowed", () => {
    const duck: DrainState = { kind: "lame-duck", warnAtMs: 60, graceMs: 30 };
    const hurried = step(duck, { kind: "drain", graceMs: 40, lameDuckMs: 5 }, 50, 1);
    expect(hurried).toEqual([{ kind: "lame-duck", warnAtMs: 55, graceMs: 30 }, []]);
    expect(step(duck, { kind: "drain", graceMs: 20, lameDuckMs: 99 }, 50, 1)[0]).toEqual({ ...duck, graceMs: 20 });
  });

  it("cuts when the grace is over, and closes a moment later", () => {
    const [cutting, cut] = step({ kind: "finishing", cutAtMs: 80 }, { kind: "tick" }, 80, 1);
    expect([cutting, cut]).toEqual([{ kind: "cutting", closeAtMs: 80 + farewellMs }, ["cut"]]);
    expect(step({ kind: "emptying", cutAtMs: 80 }, { kind: "tick" }, 80, 1)[1]).toEqual(["stop-listening", "cut"]);
    expect(step(cutting, { kind: "tick" }, 80 + farewellMs, 1)).toEqual([{ kind: "closing" }, ["close"]]);
    expect(step(cutting, { kind: "tick" }, 80 + farewellMs, 0)[0]).toEqual({ kind: "over" });
  });

  it("is over at once when the grace is over and nobody is there", () => {
    const emptying: DrainState = { kind: "emptying", cutAtMs: 80 };
    expect(step(emptying, { kind: "tick" }, 79, 0)).toEqual([emptying, []]);
    expect(step(emptying, { kind: "tick" }, 80, 0)).toEqual([{ kind: "over" }, ["stop-listening", "settle"]]);
  });

  it("looks at the clock at a tick only", () => {
    for (const state of states) {
      for (const input of inputs.filter(({ kind }) => kind !== "tick")) {
        const [early, late] = [50, 1e9].map((nowMs) => step(state, input, nowMs, 1));
        expect([late?.[0].kind, late?.[1]], `${state.kind} ${input.kind}`).toEqual([early?.[0].kind, early?.[1]]);
      }
    }
  });

  it("can be hurried by a second drain, never slowed", () => {
    const state: DrainState = { kind: "finishing", cutAtMs: 100 };
    expect(step(state, { kind: "drain", graceMs: 10, lameDuckMs: 0 }, 50, 1)).toEqual([
      { kind: "finishing", cutAtMs: 60 },
      [],
    ]);
    expect(step(state, { kind: "drain", graceMs: 90, lameDuckMs: 0 }, 50, 1)).toEqual([state, []]);
  });

  it("has a deadline wherever it waits for something that need not come", () => {
    expect(states.map(drainDeadline)).toEqual([Infinity, 100, 100, 100, 100, Infinity, Infinity]);
  });

  it("has an answer for every state and input", () => {
    expect(walk(1)).toMatchInlineSnapshot(`
      [
        "serving drain → emptying [announce warn]",
        "serving close → closing [announce stop-listening close]",
        "serving queue-emptied → same []",
        "serving connection-ended → same []",
        "serving tick → same []",
        "lame-duck drain → lame-duck []",
        "lame-duck close → closing [stop-listening close]",
        "lame-duck queue-emptied → same []",
        "lame-duck connection-ended → same []",
        "lame-duck tick → same []",
        "emptying drain → emptying []",
        "emptying close → closing [stop-listening close]",
        "emptying queue-emptied → finishing [stop-listening]",
        "emptying connection-ended → same []",
        "emptying tick → same []",
        "finishing drain → finishing []",
        "finishing close → closing [close]",
        "finishing queue-emptied → same []",
        "finishing connection-ended → same []",
        "finishing tick → same []",
        "cutting drain → same []",
        "cutting close → closing [close]",
        "cutting queue-emptied → same []",
        "cutting connection-ended → same []",
        "cutting tick → same []",
        "closing drain → same []",
        "closing close → same []",
        "closing queue-emptied → same []",
        "closing connection-ended → same []",
        "closing tick → same []",
        "over drain → same []",
        "over close → same []",
        "over queue-emptied → same []",
        "over connection-ended → same []",
        "over tick → same []",
      ]
    `);
    expect(walk(0)).toMatchInlineSnapshot(`
      [
        "serving drain → emptying [announce warn]",
        "serving close → over [announce stop-listening settle]",
        "serving queue-emptied → same []",
        "serving connection-ended → same []",
        "serving tick → same []",
        "lame-duck drain → lame-duck []",
        "lame-duck close → over [stop-listening settle]",
        "lame-duck queue-emptied → same []",
        "lame-duck connection-ended → same []",
        "lame-duck tick → same []",
        "emptying drain → emptying []",
        "emptying close → over [stop-listening settle]",
        "emptying queue-emptied → over [stop-listening settle]",
        "emptying connection-ended → same []",
        "emptying tick → same []",
        "finishing drain → finishing []",
        "finishing close → over [settle]",
        "finishing queue-emptied → same []",
        "finishing connection-ended → over [settle]",
        "finishing tick → same []",
        "cutting drain → same []",
        "cutting close → over [settle]",
        "cutting queue-emptied → same []",
        "cutting connection-ended → over [settle]",
        "cutting tick → same []",
        "closing drain → same []",
        "closing close → same []",
        "closing queue-emptied → same []",
        "closing connection-ended → over [settle]",
        "closing tick → same []",
        "over drain → same []",
        "over close → same []",
        "over queue-emptied → same []",
        "over connection-ended → same []",
        "over tick → same []",
      ]
    `);
  });
});

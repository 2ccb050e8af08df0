/**
 * **No header of one call ever appears in another.** Every story (blocks that other encoders made, their lists told again by
 * our encoder, and made-up connections with tables that shrink to nothing and grow back) is read by our decoder with its
 * memory, without it, and by a decoder that only follows the RFC; alone, and two connections at once. One difference
 * fails. Programs of other people read the same: `node-http2.test.ts` here, Python's hpack in the peers' suite.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRequests, anyResponses, secretName } from "./any-calls.ts";
import { expectHeard } from "./expect-heard.ts";
import { heardBy, readers } from "./readers.ts";
import { blocksOf, inPairs, type Story } from "./story.ts";
import { foreignFolder, foreignMissing, foreignStories, ownStories } from "./story-files.ts";
import { tell } from "./tell.ts";

const property = "no header of one call ever appears in another";
const seed = 7_541; // any number will do; this one is easy to remember here

function read(stories: readonly Story[], seedOfMix: number): void {
  for (const [name, create] of Object.entries(readers)) expectHeard(name, stories, heardBy(create, stories, seedOfMix));
}

function everyWay(stories: readonly Story[]): void {
  it(`reads all ${blocksOf(stories)} blocks, one connection after the other`, () => {
    for (const story of stories) read([story], seed);
  });
  it("reads two connections at once", () => {
    for (const pair of inPairs(stories)) read(pair, seed);
  });
  it("reads what our encoder makes of their lists, two connections at once", () => {
    for (const pair of inPairs(stories)) read(tell(pair, seed), seed);
  });
}

describe(`${property}: our own stories`, () => {
  const stories = ownStories();
  it("are there", () => expect(blocksOf(stories)).toBeGreaterThan(700));
  everyWay(stories);
});

describe.skipIf(foreignFolder === undefined)(`${property}: the stories of others${foreignMissing}`, () => {
  everyWay(foreignStories());
});

describe(`${property}: made-up connections`, () => {
  it.each([
    { told: "requests", anyPair: anyRequests },
    { told: "responses", anyPair: anyResponses },
  ])("of $told, two at once", ({ anyPair }) => {
    let again = 0;
    fc.assert(
      fc.property(anyPair, fc.nat(), fc.constantFrom(0, 100, 4_096, 65_536), (pair, mix, maxTableSize) => {
        const stories = tell(pair, mix, { neverIndexed: [secretName], maxTableSize });
        read(stories, mix);
        for (const { cases } of stories) again += cases.length - new Set(cases.map(({ block }) => block.join())).size;
      }),
      { numRuns: 60 },
    );
    expect(again).toBeGreaterThan(500); // Blocks that came before: or the memory had nothing to say.
  });
});

/**
 * **No header of one call ever appears in another**, judged by an implementation with which ours shares nothing, not even
 * the tables of RFC 7541: Python's hpack reads every story and what our encoder makes of it, and our decoders read what
 * its encoder makes of made-up connections. One difference fails.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRequests, anyResponses, secretName } from "../../hpack/any-calls.ts";
import { expectHeard } from "../../hpack/expect-heard.ts";
import { heardBy, readers } from "../../hpack/readers.ts";
import { blocksOf, type Story } from "../../hpack/story.ts";
import { foreignFolder, foreignMissing, foreignStories, ownStories } from "../../hpack/story-files.ts";
import { tell } from "../../hpack/tell.ts";
import { describeWith } from "../echo/present.ts";
import { heardByPython, python, toldByPython } from "./python-hpack.ts";

const property = "no header of one call ever appears in another";
const seed = 7_541; // of all that is made up or mixed here, so that a failure comes again

function hearsAll(stories: readonly Story[]): void {
  expectHeard("Python's hpack", stories, heardByPython(stories, seed));
}

/** Pairs of connections, flat: all of them are open at once. */
const madeUp = fc.sample(fc.oneof(anyRequests, anyResponses), { numRuns: 60, seed }).flat();

describeWith("Python's hpack", [python, "-c", "import hpack"])(property, () => {
  it("in our own stories, and in what our encoder makes of them, all at once", () => {
    hearsAll(ownStories());
    hearsAll(tell(ownStories(), seed));
  });

  describe.skipIf(foreignFolder === undefined)(`the stories of others${foreignMissing}`, () => {
    const stories = foreignStories();
    it(`reads all ${blocksOf(stories)} blocks`, () => hearsAll(stories));
    it("reads what our encoder makes of their lists", () => hearsAll(tell(stories, seed)));
  });

  it.each([0, 100, 4_096, 65_536])("made-up connections by our encoder with a table of up to %i", (maxTableSize) => {
    expect(blocksOf(madeUp)).toBeGreaterThan(1_000);
    hearsAll(tell(madeUp, seed, { maxTableSize, neverIndexed: [secretName] }));
  });

  it.each([true, false])("made-up connections by Python's encoder, Huffman code %s", (huffman) => {
    // A third of them: Python's Huffman encoder takes square time for long values.
    const stories = toldByPython(madeUp.slice(0, madeUp.length / 3), seed, huffman);
    hearsAll(stories);
    for (const [name, create] of Object.entries(readers)) expectHeard(name, stories, heardBy(create, stories, seed));
  });
});

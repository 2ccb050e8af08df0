/**
 * **No header of one call ever appears in another**, judged by Node's own HTTP/2 over pipes in memory: what it tells its
 * users of the blocks of every story, of what our encoder makes of their lists, and of made-up connections, two at once,
 * with SETTINGS_HEADER_TABLE_SIZE going to nothing and back. It tells nothing of a list that HTTP forbids, but keeps its
 * tables up; which lists those are is for our header rules to know, and they have to agree with it.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HeaderList } from "../../src/http2/header-list.ts";
import { faultInRequest, faultInResponse, faultInTrailers } from "../../src/http2/header-rules.ts";
import { anyRequests, anyResponses, secretName } from "./any-calls.ts";
import { expectHeard } from "./expect-heard.ts";
import { heardByNode } from "./node-http2-reader.ts";
import { blocksOf, inPairs, kindOf, type Story, type Turn } from "./story.ts";
import { foreignFolder, foreignMissing, foreignStories, ownStories } from "./story-files.ts";
import { tell } from "./tell.ts";

const property = "no header of one call ever appears in another";
const seed = 7_541; // any number will do

/** Returns how many lists Node told. */
async function nodeHears(stories: readonly Story[], seedOfMix: number): Promise<number> {
  const heard = await heardByNode(stories, seedOfMix);
  const forbidden = stories.map(({ cases }) => cases.map(({ list }) => faultIn(list) !== undefined));
  // Silence is right where HTTP forbids the list, and only there.
  const judged = heard.map((lists, story) =>
    lists.map((list, at) =>
      list === undefined && forbidden[story]?.[at] === true ? stories[story]?.cases[at]?.list : list,
    ),
  );
  expectHeard("node:http2", stories, judged);
  return heard.flat().filter((list) => list !== undefined).length;
}

async function nodeHearsAll(stories: readonly Story[]): Promise<number> {
  let told = 0;
  for (const story of stories) told += await nodeHears([story], seed);
  return told;
}

function faultIn(list: HeaderList): string | undefined {
  const kind = kindOf(list);
  if (kind === "response") return faultInResponse(list);
  return kind === "request" ? faultInRequest(list) : faultInTrailers(list);
}

/** Whether the story is of headers and trailers; one that begins with trailers has bare fields, of no stream. */
function isOfMessages({ cases }: Story): boolean {
  return cases[0] !== undefined && kindOf(cases[0].list) !== "trailers";
}

/** The story as HTTP allows it: pseudo-headers in front, no forbidden fields; bare fields become requests. */
function asMessages(story: Story): Story<Turn> {
  const bare = !isOfMessages(story);
  return {
    ...story,
    cases: story.cases.map(({ list, tableSizes }) => {
      const pseudo = bare ? bareFront : list.filter(isPseudo);
      return { list: [...pseudo, ...list.filter(isAllowed)], tableSizes };
    }),
  };
}

const bareFront = [":method", "GET", ":scheme", "http", ":path", "/", ":authority", "peer"];

/** For each item of a list, by the field that it belongs to. */
function isPseudo(_item: string, i: number, list: HeaderList): boolean {
  return list[i - (i % 2)]?.startsWith(":") === true;
}

function isAllowed(_item: string, i: number, list: HeaderList): boolean {
  const [name = "", value = ""] = list.slice(i - (i % 2), i - (i % 2) + 2);
  // A Host beside :authority may differ from it.
  return name !== "host" && faultInTrailers([name, value]) === undefined;
}

describe(`${property}: our own stories, told to node:http2`, () => {
  const stories = ownStories();
  const messages = stories.filter(isOfMessages);
  it("block by block as others made them", async () => {
    expect(await nodeHearsAll(messages)).toBeGreaterThan(650);
  });
  it("by our encoder, two connections at once", async () => {
    for (const pair of inPairs(stories.map(asMessages))) {
      expect(await nodeHears(tell(pair, seed), seed)).toBe(blocksOf(pair));
    }
  });
});

describe.skipIf(foreignFolder === undefined)(`${property}: the stories of others${foreignMissing}`, () => {
  const stories = foreignStories();
  it("keep node:http2's tables in step, though most of their lists are of HTTP/1.1 and forbidden", async () => {
    expect(await nodeHearsAll(stories)).toBeGreaterThan(0);
  });
  it("are heard by node:http2 without what is forbidden", async () => {
    const told = tell(stories.map(asMessages), seed);
    expect(await nodeHearsAll(told)).toBe(blocksOf(told));
  });
});

describe(`${property}: made-up connections, told to node:http2`, () => {
  it.each([
    { told: "requests", anyPair: anyRequests },
    { told: "responses", anyPair: anyResponses },
  ])("of $told, two at once", async ({ anyPair }) => {
    await fc.assert(
      fc.asyncProperty(anyPair, fc.nat(), fc.constantFrom(0, 100, 4_096, 65_536), async (pair, mix, maxTableSize) => {
        const stories = tell(pair, mix, { neverIndexed: [secretName], maxTableSize });
        expect(await nodeHears(stories, mix)).toBe(blocksOf(stories));
      }),
      { numRuns: 25 },
    );
  });
});

/**
 * Blocks made by other encoders must decode to the lists they were made from, with and without memory; and what our
 * encoder makes of those lists must decode back. Our own stories are always there; HOLDFAST_HPACK_STORIES names a folder
 * of more, one folder for each encoder, in the story format of the http2jp project.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../src/http2/bytes.ts";
import type { HeaderList } from "../../src/http2/header-list.ts";
import { HpackDecoder } from "../../src/http2/hpack/decoder.ts";
import { HpackEncoder } from "../../src/http2/hpack/encoder.ts";

interface Case {
  readonly block: Uint8Array;
  readonly list: HeaderList;
  /** Values of SETTINGS_HEADER_TABLE_SIZE that the encoder was told since its last block. */
  readonly tableSizes: readonly number[];
}

interface Story {
  readonly name: string;
  readonly maxTableSize: number;
  readonly cases: readonly Case[];
}

const ownFolder = fileURLToPath(new URL("../data/hpack/", import.meta.url));
const defaultTableSize = 4096;

function ownStories(): Story[] {
  return jsonFiles(ownFolder).flatMap((file) => {
    interface OwnCase {
      readonly list: string[];
      readonly tableSizes?: number[];
      readonly wire: Record<string, string>;
    }
    const { cases } = JSON.parse(readFileSync(join(ownFolder, file), "utf8")) as { cases: OwnCase[] };
    return Object.keys(cases[0]?.wire ?? {}).map((encoder) => ({
      name: `${file} by ${encoder}`,
      maxTableSize: defaultTableSize,
      cases: cases.map(({ list, tableSizes = [], wire }) => {
        return { list, tableSizes, block: Buffer.from(wire[encoder] ?? "", "hex") };
      }),
    }));
  });
}

/** `header_table_size` there is the setting in force; some name it only where it changes. */
function foreignStories(folder: string): Story[] {
  interface ForeignCase {
    readonly wire: string;
    readonly headers: Record<string, string>[];
    readonly header_table_size?: number | null;
  }
  const encoders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return encoders.flatMap((encoder) =>
    jsonFiles(join(folder, encoder.name)).map((file) => {
      const text = readFileSync(join(folder, encoder.name, file), "utf8");
      const { cases } = JSON.parse(text) as { cases: ForeignCase[] };
      const maxTableSize = cases[0]?.header_table_size ?? defaultTableSize;
      let before = maxTableSize;
      return {
        name: `${encoder.name}/${file}`,
        maxTableSize,
        cases: cases.map(({ wire, headers, header_table_size }) => {
          const size = header_table_size ?? before;
          const tableSizes = size === before ? [] : [size];
          before = size;
          return {
            list: headers.flatMap((field) => Object.entries(field).flat()),
            tableSizes,
            block: Buffer.from(wire, "hex"),
          };
        }),
      };
    }),
  );
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith(".json"));
}

function blocksOf(stories: readonly Story[]): number {
  return stories.reduce((sum, story) => sum + story.cases.length, 0);
}

function decodes(story: Story, memory: boolean): void {
  const decoder = new HpackDecoder({ maxTableSize: story.maxTableSize, maxHeaderListBytes: 100_000, memory });
  story.cases.forEach(({ block, list, tableSizes }, i) => {
    for (const size of tableSizes) decoder.setMaxTableSize(size);
    expect(decoder.decode(block), `${story.name}, block ${i}`).toEqual(list);
  });
}

function comesBack(story: Story): void {
  const encoder = new HpackEncoder();
  const forgetful = new HpackEncoder({ memory: false });
  const decoder = new HpackDecoder({ maxTableSize: defaultTableSize, maxHeaderListBytes: 100_000 });
  story.cases.forEach(({ list, tableSizes }, i) => {
    for (const size of tableSizes) {
      for (const each of [encoder, forgetful]) each.setPeerMaxTableSize(size);
      decoder.setMaxTableSize(Math.min(size, defaultTableSize));
    }
    const block = blockOf(encoder, list);
    expect(blockOf(forgetful, list), `${story.name}, list ${i}`).toEqual(block);
    expect(decoder.decode(block), `${story.name}, list ${i}`).toEqual(list);
  });
}

function blockOf(encoder: HpackEncoder, list: HeaderList): Uint8Array {
  const writer = new ByteWriter();
  encoder.encode(list, writer);
  return writer.detach();
}

function everyWay(stories: readonly Story[]): void {
  for (const memory of [true, false]) {
    it(`decodes all ${blocksOf(stories)} blocks ${memory ? "with" : "without"} memory`, () => {
      for (const story of stories) decodes(story, memory);
    });
  }
  it("encodes all lists so that they come back, the same octets with and without memory", () => {
    for (const story of stories) comesBack(story);
  });
}

describe("our own stories", () => {
  const stories = ownStories();
  it("are there", () => expect(blocksOf(stories)).toBeGreaterThan(700));
  everyWay(stories);
});

const foreignFolder = process.env["HOLDFAST_HPACK_STORIES"];
const missing = foreignFolder === undefined ? " (skipped: HOLDFAST_HPACK_STORIES names no folder)" : "";
describe.skipIf(foreignFolder === undefined)(`the stories of others${missing}`, () => {
  everyWay(foreignFolder === undefined ? [] : foreignStories(foreignFolder));
});

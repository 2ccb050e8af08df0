/**
 * The decoders inside this process that stories are read with. Those of other people's programs (`node-http2-reader.ts`,
 * and Python's hpack in the peers' suite) are asked for whole stories instead.
 */
import type { HeaderList } from "../../src/http2/header-list.ts";
import { HpackDecoder } from "../../src/http2/hpack/decoder.ts";
import { ReferenceDecoder } from "./reference-decoder.ts";
import { type Case, mixed, type Story } from "./story.ts";

/** One connection's decoder. */
export interface Reader {
  setMaxTableSize(bytes: number): void;
  /** The list; undefined for a block that it refuses, after which the connection is over. */
  decode(block: Uint8Array): HeaderList | undefined;
}

export const readers: Readonly<Record<string, (maxTableSize: number) => Reader>> = {
  "our decoder with its memory": (maxTableSize) => ours(maxTableSize, true),
  "our decoder without memory": (maxTableSize) => ours(maxTableSize, false),
  "the reference decoder": reference,
};

/** What each story's reader made of each block, all stories read at once in the order of `mixed`. */
export function heardBy(
  create: (maxTableSize: number) => Reader,
  stories: readonly Story[],
  seed: number,
): (HeaderList | undefined)[][] {
  const connections = stories.map(({ maxTableSize }) => ({
    reader: create(maxTableSize),
    heard: [] as (HeaderList | undefined)[],
  }));
  for (const { story, at } of mixed(stories, seed)) {
    const { reader, heard } = connections[story] as (typeof connections)[number];
    const { block, tableSizes } = stories[story]?.cases[at] as Case;
    for (const bytes of tableSizes) reader.setMaxTableSize(bytes);
    const lent = Uint8Array.from(block);
    heard.push(at > 0 && heard[at - 1] === undefined ? undefined : reader.decode(lent));
    lent.fill(0xee); // A block's octets belong to the socket again.
  }
  return connections.map(({ heard }) => heard);
}

function ours(maxTableSize: number, memory: boolean): Reader {
  // 1,000,000: over any list of the stories.
  const decoder = new HpackDecoder({ maxTableSize, maxHeaderListBytes: 1_000_000, memory });
  return {
    setMaxTableSize: (bytes) => decoder.setMaxTableSize(bytes),
    decode(block) {
      const decoded = decoder.decode(block);
      return "scope" in decoded ? undefined : decoded;
    },
  };
}

function reference(maxTableSize: number): Reader {
  const decoder = new ReferenceDecoder(maxTableSize);
  return {
    setMaxTableSize: (bytes) => decoder.setMaxTableSize(bytes),
    decode(block) {
      try {
        return decoder.decode(block);
      } catch {
        return undefined;
      }
    },
  };
}

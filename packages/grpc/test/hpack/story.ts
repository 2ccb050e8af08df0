/**
 * What one end of a connection is told in header blocks, and what any reader of them must make of it. Owns the shape of a
 * story and the order in which several are told at once; where stories come from is `story-files.ts` and `tell.ts`.
 */
import type { HeaderList } from "../../src/http2/header-list.ts";

/** One list to be sent. */
export interface Turn {
  readonly list: HeaderList;
  /** Values of SETTINGS_HEADER_TABLE_SIZE that were announced and acknowledged since the block before. */
  readonly tableSizes: readonly number[];
}

export interface Case extends Turn {
  readonly block: Uint8Array;
}

/** One connection, one direction. */
export interface Story<T extends Turn = Case> {
  readonly name: string;
  /** SETTINGS_HEADER_TABLE_SIZE from the first block on, in bytes; at least the 4,096 of RFC 9113 §6.5.2. */
  readonly maxTableSize: number;
  readonly cases: readonly T[];
}

/** A place in a story. */
export interface Place {
  readonly story: number;
  readonly at: number;
}

/** RFC 9113 §6.5.2. */
export const defaultTableSize = 4_096;

/** Every place of every story once, each story in its order and the stories mixed as `seed` has it. */
export function mixed(stories: readonly Story<Turn>[], seed: number): Place[] {
  const next = stories.map(() => 0);
  const places: Place[] = [];
  let chance = seed;
  for (;;) {
    const open = next.flatMap((at, story) => (at < (stories[story]?.cases.length ?? 0) ? [story] : []));
    if (open.length === 0) return places;
    chance = (Math.imul(chance, 1_103_515_245) + 12_345) >>> 0; // the example generator of the C standard
    const story = open[(chance >>> 16) % open.length] as number;
    const at = next[story] as number;
    places.push({ story, at });
    next[story] = at + 1;
  }
}

/** Neighbours of a list in pairs, to be told at once. */
export function inPairs<T extends Turn>(stories: readonly Story<T>[]): (readonly [Story<T>, Story<T>])[] {
  return stories.map((story, i) => [story, stories[(i + 1) % stories.length] as Story<T>] as const);
}

/** By its pseudo-headers, wherever they stand, RFC 9113 §8.3. */
export function kindOf(list: HeaderList): "request" | "response" | "trailers" {
  const names = list.filter((_, i) => i % 2 === 0);
  if (names.includes(":status")) return "response";
  return names.some((name) => name.startsWith(":")) ? "request" : "trailers";
}

export function blocksOf(stories: readonly Story<Turn>[]): number {
  return stories.reduce((sum, story) => sum + story.cases.length, 0);
}

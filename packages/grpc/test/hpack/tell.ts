/**
 * Stories by our encoder: lists become blocks, for several connections at once and into one buffer, as a process with
 * several connections does it. Holds the encoder's memory to account: without it the octets must be the same.
 */
import { ByteWriter } from "../../src/http2/bytes.ts";
import { HpackEncoder, type HpackEncoderOptions } from "../../src/http2/hpack/encoder.ts";
import { type Case, mixed, type Story, type Turn } from "./story.ts";

/** The stories with blocks of our making, encoded in the order of `mixed`. Throws where the memory changes an octet. */
export function tell(stories: readonly Story<Turn>[], seed: number, options: HpackEncoderOptions = {}): Story[] {
  const connections = stories.map(({ maxTableSize }) => {
    const encoders = [new HpackEncoder(options), new HpackEncoder({ ...options, memory: false })] as const;
    for (const encoder of encoders) encoder.setPeerMaxTableSize(maxTableSize);
    return { encoders, cases: [] as Case[] };
  });
  const writer = new ByteWriter();
  for (const { story, at } of mixed(stories, seed)) {
    const { name, cases } = stories[story] as Story<Turn>;
    const turn = cases[at] as Turn;
    const connection = connections[story] as (typeof connections)[number];
    const [block, unremembered] = connection.encoders.map((encoder) => {
      for (const bytes of turn.tableSizes) encoder.setPeerMaxTableSize(bytes);
      encoder.encode(turn.list, writer);
      return Buffer.from(writer.detach());
    }) as [Buffer, Buffer];
    if (!block.equals(unremembered)) {
      const octets = `${block.toString("hex")}, without it ${unremembered.toString("hex")}`;
      throw new Error(`${name}, list ${at}: with its memory the encoder says ${octets}`);
    }
    connection.cases.push({ ...turn, block });
  }
  return stories.map(({ name, maxTableSize }, i) => {
    return { name: `${name}, told by us`, maxTableSize, cases: connections[i]?.cases ?? [] };
  });
}

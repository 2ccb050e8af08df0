import { describe, expect, it } from "vitest";
import { DecodeMemory } from "./decode-memory.ts";
import { HpackDecoder } from "./decoder.ts";

function block(...octets: number[]): Uint8Array {
  return Uint8Array.from(octets);
}

describe("decode memory", () => {
  it("keeps a block at its second sight, a connection's first one and any other", () => {
    const memory = new DecodeMemory();
    const list = Object.freeze(["a", "b"]);
    for (const bytes of [block(1, 2, 3), block(4, 5, 6)]) {
      for (const known of [undefined, undefined, list]) {
        expect(memory.find(bytes, 0)).toBe(known);
        memory.offer(bytes, 0, list);
      }
    }
  });

  it("knows nothing in another generation", () => {
    const memory = new DecodeMemory();
    const list = Object.freeze(["a", "b"]);
    for (let i = 0; i < 2; i++) {
      memory.find(block(1, 2, 3), 0);
      memory.offer(block(1, 2, 3), 0, list);
    }
    expect(memory.find(block(1, 2, 3), 0)).toBe(list);
    expect(memory.find(block(1, 2, 3), 1)).toBeUndefined();
  });

  it("owns its bytes: the caller's are borrowed", () => {
    const memory = new DecodeMemory();
    const borrowed = block(1, 2, 3);
    for (let i = 0; i < 2; i++) {
      memory.find(borrowed, 0);
      memory.offer(borrowed, 0, Object.freeze(["a", "b"]));
    }
    borrowed[0] = 9;
    expect(memory.find(borrowed, 0)).toBeUndefined();
    expect(memory.find(block(1, 2, 3), 0)).toBeDefined();
  });

  it("leaves blocks over 512 octets alone", () => {
    const memory = new DecodeMemory();
    for (const length of [512, 513]) {
      const long = new Uint8Array(length);
      for (let i = 0; i < 3; i++) {
        memory.find(long, 0);
        memory.offer(long, 0, Object.freeze(["a", "b"]));
      }
      expect(memory.find(long, 0) !== undefined).toBe(length === 512);
    }
  });

  it("compares the octets themselves: these two have the same hash", () => {
    const memory = new DecodeMemory();
    const list = Object.freeze(["a", "b"]);
    for (let i = 0; i < 2; i++) {
      memory.find(Buffer.from("nofxrk"), 0);
      memory.offer(Buffer.from("nofxrk"), 0, list);
    }
    expect(memory.find(Buffer.from("nofxrk"), 0)).toBe(list);
    expect(memory.find(Buffer.from("gdptjm"), 0)).toBeUndefined();
    // Offered once, it is taken for a second sight, which shows that the hashes are the same indeed.
    memory.offer(Buffer.from("gdptjm"), 0, list);
    expect(memory.find(Buffer.from("gdptjm"), 0)).toBe(list);
  });

  it("compares the lengths: the longer of these two begins like the other, and has the same hash", () => {
    const short = Buffer.from("holdlb");
    const long = Buffer.from("holdlbwqyrpg");
    for (const [kept, other] of [
      [short, long],
      [long, short],
    ] as const) {
      const memory = new DecodeMemory();
      const list = Object.freeze(["a", "b"]);
      for (let i = 0; i < 2; i++) {
        memory.find(kept, 0);
        memory.offer(kept, 0, list);
      }
      expect(memory.find(kept, 0)).toBe(list);
      expect(memory.find(other, 0)).toBeUndefined();
      memory.offer(other, 0, list);
      expect(memory.find(other, 0), "the hashes are the same").toBe(list);
    }
  });

  it("keeps the blocks of several methods at a time, be they of one length", () => {
    const memory = new DecodeMemory();
    const lists = Array.from({ length: 8 }, (_, i) => Object.freeze([`n${i}`, ""]));
    for (let round = 0; round < 2; round++) {
      lists.forEach((list, i) => {
        memory.find(block(1, 2, i), 0);
        memory.offer(block(1, 2, i), 0, list);
      });
    }
    // Two may share a place by chance, where the later one stands.
    const known = lists.filter((list, i) => memory.find(block(1, 2, i), 0) === list);
    expect(known.length).toBeGreaterThanOrEqual(4);
  });

  it("does not forget a block for one that is too long to be kept", () => {
    const memory = new DecodeMemory();
    const list = Object.freeze(["a", "b"]);
    for (let i = 0; i < 2; i++) {
      memory.find(block(1, 2, 3), 0);
      memory.offer(block(1, 2, 3), 0, list);
    }
    memory.find(block(1, 2, 3), 0);
    memory.find(new Uint8Array(513), 0);
    memory.offer(new Uint8Array(513), 0, list);
    expect(memory.find(block(1, 2, 3), 0)).toBe(list);
  });

  it("looks at one block in sixteen when none comes again, and at all once one does", () => {
    const memory = new DecodeMemory();
    const list = Object.freeze(["a", "b"]);
    const meet = (bytes: Uint8Array): boolean => {
      const found = memory.find(bytes, 0);
      if (found === undefined) memory.offer(bytes, 0, list);
      return found !== undefined;
    };
    for (let i = 0; i < 1_000; i++) expect(meet(block(1, i >> 8, i & 0xff))).toBe(false);
    const same = Array.from({ length: 80 }, () => meet(block(2)));
    const first = same.indexOf(true);
    // Three looks: seen, kept, known.
    expect(first).toBeGreaterThanOrEqual(32);
    expect(first).toBeLessThan(48);
    expect(same.slice(first)).not.toContain(false);
  });

  it("never takes one block for another, be there ever so many", () => {
    const memory = new DecodeMemory();
    const lists = Array.from({ length: 500 }, (_, i) => Object.freeze([`n${i}`, ""]));
    for (let round = 0; round < 4; round++) {
      lists.forEach((list, i) => {
        const bytes = block(i >> 8, i & 0xff, i % 7);
        const found = memory.find(bytes, 0);
        if (found === undefined) memory.offer(bytes, 0, list);
        else expect(found).toBe(list);
      });
    }
  });
});

describe("a decoder with memory", () => {
  const decoderOf = (memory: boolean): HpackDecoder => {
    return new HpackDecoder({ maxTableSize: 4_096, maxHeaderListBytes: 65_536, memory }); // defaults of HTTP/2 and ours
  };

  it("hands out the same list from the third time on; without memory never", () => {
    for (const memory of [true, false]) {
      const decoder = decoderOf(memory);
      const lists = Array.from({ length: 4 }, () => decoder.decode(block(0x82, 0x87)));
      expect(lists[3] === lists[2]).toBe(memory);
      expect(lists[3]).toEqual([":method", "GET", ":scheme", "https"]);
    }
  });

  it("decodes anew when the same octets mean something else", () => {
    const decoder = decoderOf(true);
    const insert = (value: number): unknown => decoder.decode(block(0x40, 1, 0x61, 1, value));
    insert(0x31);
    for (let i = 0; i < 4; i++) expect(decoder.decode(block(0xbe))).toEqual(["a", "1"]);
    insert(0x32);
    for (let i = 0; i < 4; i++) expect(decoder.decode(block(0xbe))).toEqual(["a", "2"]);
  });

  it("decodes anew after a size update that empties the table", () => {
    const decoder = decoderOf(true);
    decoder.decode(block(0x40, 1, 0x61, 1, 0x31));
    for (let i = 0; i < 4; i++) decoder.decode(block(0xbe));
    decoder.decode(block(0x20));
    expect(decoder.decode(block(0xbe))).toMatchObject({ rule: "rfc7541-2.3.3" });
  });

  it("does not let a remembered block pass where a size update is due", () => {
    const decoder = decoderOf(true);
    for (let i = 0; i < 4; i++) decoder.decode(block(0x82));
    decoder.setMaxTableSize(0);
    expect(decoder.decode(block(0x82))).toMatchObject({ rule: "rfc7541-4.2" });
  });
});

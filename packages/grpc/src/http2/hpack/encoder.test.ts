import { describe, expect, it } from "vitest";
import { ByteWriter } from "../bytes.ts";
import type { HeaderList } from "../header-list.ts";
import { HpackDecoder } from "./decoder.ts";
import { HpackEncoder, type HpackEncoderOptions } from "./encoder.ts";

const defaultTableSize = 4_096; // RFC 9113 §6.5.2

function blockOf(encoder: HpackEncoder, ...list: string[]): string {
  const writer = new ByteWriter();
  encoder.encode(list, writer);
  return Buffer.from(writer.detach()).toString("hex");
}

function plain(text: string): string {
  return text.length.toString(16).padStart(2, "0") + Buffer.from(text, "latin1").toString("hex");
}

/** An encoder and a decoder that listens to it. */
function pair(options: HpackEncoderOptions = {}): { encoder: HpackEncoder; pass(...list: string[]): number } {
  const encoder = new HpackEncoder(options);
  const decoder = new HpackDecoder({
    maxTableSize: options.maxTableSize ?? defaultTableSize,
    maxHeaderListBytes: 65_536, // what a connection has unless told otherwise
  });
  return {
    encoder,
    pass(...list) {
      const block = Buffer.from(blockOf(encoder, ...list), "hex");
      expect(decoder.decode(block)).toEqual(list);
      return block.length;
    },
  };
}

function times<T>(count: number, run: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => run(i));
}

describe("what goes into the table", () => {
  const request = (timeout: string): HeaderList => [
    ...[":method", "POST", ":scheme", "http", ":path", "/market.v1.Shop/Read", ":authority", "market.internal:8443"],
    ...["te", "trailers", "content-type", "application/grpc", "user-agent", "holdfast/0.1.0", "grpc-timeout", timeout],
  ];

  it("is all of a gRPC request but the timeout: ten octets and the timeout from the third call on", () => {
    const { pass } = pair();
    const octets = times(6, (i) => pass(...request(`${100 + i}m`)));
    expect(octets[0]).toBeGreaterThan(80);
    expect(octets.slice(2)).toEqual([14, 14, 14, 14]);
  });

  it("is a new name with its first value, for the sake of later ones", () => {
    const encoder = new HpackEncoder();
    blockOf(encoder, "grpc-timeout", "1S");
    expect(blockOf(encoder, "grpc-timeout", "2S")).toBe("0f2f" + plain("2S"));
    expect(blockOf(encoder, "grpc-timeout", "3S")).toBe("0f2f" + plain("3S"));
    expect(blockOf(encoder, "grpc-timeout", "1S")).toBe("be");
  });

  it("is not a new name when the table is full", () => {
    const encoder = new HpackEncoder({ maxTableSize: 400 });
    // Four entries of 12 + 51 + 32 = 95 octets leave 20; a grpc-timeout takes 46.
    for (const letter of "abcd") blockOf(encoder, "content-type", letter.repeat(51));
    const full = blockOf(encoder, "grpc-timeout", "1S");
    expect(full).toBe("00" + plain("grpc-timeout") + plain("1S"));
    expect(blockOf(encoder, "grpc-timeout", "1S")).toBe(full);
  });

  it("is a path when it comes again, and not before", () => {
    const encoder = new HpackEncoder();
    const [first, second, third] = times(3, () => blockOf(encoder, ":path", "/a").length / 2);
    expect([first, second, third]).toEqual([4, 4, 1]);
    for (let id = 0; id < 1_000; id++) blockOf(encoder, ":path", `/orders/${id}`); // far more than are remembered
    expect(blockOf(encoder, ":path", "/a")).toBe("be");
  });

  it("is not a path that comes again much later", () => {
    const encoder = new HpackEncoder();
    for (let round = 0; round < 3; round++) {
      for (let id = 0; id < 200; id++) expect(blockOf(encoder, ":path", `/${id}`)).toBe("04" + plain(`/${id}`));
    }
  });

  it("is no value that changes by nature, be it the same ten times", () => {
    for (const name of ["date", "etag", "content-length"]) {
      const encoder = new HpackEncoder();
      const blocks = new Set(times(10, () => blockOf(encoder, name, "5").length));
      expect([...blocks], name).toEqual([2 * 4]);
    }
  });

  it("is never empty for a value that the static table has, be the name of the changing kind", () => {
    expect(blockOf(new HpackEncoder(), "date", "")).toBe("a1");
  });

  it("is a new name whose entry just fits", () => {
    const encoder = new HpackEncoder({ maxTableSize: 400 });
    // With 12 + 32 octets each these are 354 of 400, which leaves 46, and a grpc-timeout takes 46.
    for (const length of [51, 50, 49, 28]) blockOf(encoder, "content-type", "x".repeat(length));
    blockOf(encoder, "grpc-timeout", "1S");
    expect(blockOf(encoder, "grpc-timeout", "1S")).toBe("be");
  });

  it("is a new name with its first value only up to an eighth of the table", () => {
    for (const [valueLength, octets] of [
      [474, 1], // with the name's 6 octets and 32 this is 512, an eighth of 4,096
      [475, 6 + 475 + 5],
    ] as const) {
      const encoder = new HpackEncoder();
      times(2, () => blockOf(encoder, "x-long", "v".repeat(valueLength)));
      expect(blockOf(encoder, "x-long", "v".repeat(valueLength)).length / 2).toBe(octets);
    }
  });

  it("is what takes just half of it", () => {
    const encoder = new HpackEncoder({ maxTableSize: 200 });
    const half = "v".repeat(56); // with the name's 12 octets and 32 this is 100
    times(2, () => blockOf(encoder, "content-type", half));
    expect(blockOf(encoder, "content-type", half)).toBe("be");
    times(2, () => blockOf(encoder, "content-type", `${half}v`));
    expect(blockOf(encoder, "content-type", `${half}v`)).not.toBe("be");
  });

  it("is nothing that would take more than half of it", () => {
    const { pass } = pair({ maxTableSize: 200 });
    times(3, () => pass("content-type", "a", "server", "b"));
    const long = "x".repeat(100);
    times(3, () => pass("user-agent", long));
    expect(pass("content-type", "a", "server", "b")).toBe(2);
  });
});

describe("secrets", () => {
  it.each(["authorization", "cookie", "proxy-authorization", "set-cookie"])("%s is never indexed", (name) => {
    const encoder = new HpackEncoder();
    const blocks = times(4, () => blockOf(encoder, name, "s3cret"));
    // §6.2.3: the pattern 0001, a prefix of four bits filled by these names' indexes.
    expect(new Set(blocks).size).toBe(1);
    expect(blocks[0]).toMatch(/^1f/);
    expect(blocks[0]).toContain(plain("s3cret"));
  });

  it("are the names that the application says, too", () => {
    const encoder = new HpackEncoder({ neverIndexed: ["x-api-key"] });
    for (let i = 0; i < 4; i++) expect(blockOf(encoder, "x-api-key", "k")).toBe("10" + plain("x-api-key") + plain("k"));
  });

  it("are not indexed even where the static table has the pair", () => {
    const encoder = new HpackEncoder({ neverIndexed: [":method"] });
    for (let i = 0; i < 4; i++) expect(blockOf(encoder, ":method", "GET")).toBe("12" + plain("GET"));
  });
});

describe("the size of the table", () => {
  it("follows the peer's setting, told at the front of the next block", () => {
    const encoder = new HpackEncoder();
    encoder.setPeerMaxTableSize(100);
    expect(blockOf(encoder, ":method", "GET")).toBe("3f4582");
    expect(blockOf(encoder, ":method", "GET")).toBe("82");
  });

  it("is told twice when the peer shrank and grew it between two blocks", () => {
    const encoder = new HpackEncoder();
    blockOf(encoder, "content-type", "a");
    for (const size of [0, defaultTableSize]) encoder.setPeerMaxTableSize(size);
    expect(blockOf(encoder, "content-type", "a")).toBe("203fe11f" + "5f01" + "61");
  });

  it("is not told when nothing changed for us", () => {
    const encoder = new HpackEncoder();
    encoder.setPeerMaxTableSize(65_536); // more than we would use
    encoder.setPeerMaxTableSize(defaultTableSize);
    expect(blockOf(encoder, ":method", "GET")).toBe("82");
  });

  it("grows over 4,096 only where both sides want it", () => {
    const encoder = new HpackEncoder({ maxTableSize: 8_192 });
    expect(blockOf(encoder, ":method", "GET")).toBe("82");
    encoder.setPeerMaxTableSize(65_536); // more than our 8,192
    expect(blockOf(encoder, ":method", "GET")).toBe("3fe13f82");
  });

  it("of our own choosing is told with the first block", () => {
    expect(blockOf(new HpackEncoder({ maxTableSize: 0 }), ":method", "GET")).toBe("2082");
  });

  it("of nothing leaves literals, and no trace of names", () => {
    const { encoder, pass } = pair();
    encoder.setPeerMaxTableSize(0);
    const octets = times(4, () => pass("content-type", "a", "te", "trailers", "x-mine", "1"));
    expect(new Set(octets.slice(1)).size).toBe(1);
  });
});

describe("texts", () => {
  it("are in Huffman code when inserted, if that is shorter", () => {
    expect(blockOf(new HpackEncoder(), ":authority", "www.example.com")).toBe("418cf1e3c2e5f23a6ba0ab90f4ff");
    expect(blockOf(new HpackEncoder(), ":authority", "\\\\")).toBe("41" + plain("\\\\"));
  });

  it("may be empty, a name too", () => {
    const { pass } = pair();
    times(4, () => pass("", "", "x-empty", "", "", "1"));
  });

  it("are octets, not characters", () => {
    const { pass } = pair();
    times(4, () => pass("x-latin", "\u00e9\u00ff\u0080", "date", "\u00e9"));
  });

  it("follow what the writer held before", () => {
    const writer = new ByteWriter();
    writer.u32(0);
    const encoder = new HpackEncoder();
    for (let i = 0; i < 4; i++) encoder.encode([":method", "GET", ":scheme", "http"], writer);
    expect(Buffer.from(writer.detach()).toString("hex")).toBe("00000000" + "8286".repeat(4));
  });
});

describe("an encoder with memory", () => {
  it("is not fooled by a list that its caller changes", () => {
    const encoder = new HpackEncoder();
    const list = [":status", "200", "content-type", "a"];
    const writer = new ByteWriter();
    for (let i = 0; i < 3; i++) encoder.encode(list, writer);
    list[3] = "b";
    writer.detach();
    encoder.encode(list, writer);
    expect(Buffer.from(writer.detach()).toString("hex")).toBe("885f0162");
  });

  it("owns the octets that it remembers: the writer goes on in the same place", () => {
    const encoder = new HpackEncoder();
    const writer = new ByteWriter();
    for (let i = 0; i < 3; i++) {
      writer.rewindTo(0);
      encoder.encode([":status", "200", "content-type", "a"], writer);
    }
    writer.rewindTo(0);
    writer.u32(0);
    encoder.encode([":status", "200", "content-type", "a"], writer);
    expect(Buffer.from(writer.detach()).toString("hex")).toBe("0000000088be");
  });

  it("sends what it sends without: the memory saves time and nothing else", () => {
    const [remembering, forgetful] = [new HpackEncoder(), new HpackEncoder({ memory: false })];
    for (let i = 0; i < 8; i++) {
      const list = [":method", "POST", ":path", `/${i % 2}`, "content-type", "a", "date", `${i}`, "server", "b"];
      expect(blockOf(remembering, ...list)).toBe(blockOf(forgetful, ...list));
    }
  });

  it("takes an octet for what stands in the tables, behind a literal too", () => {
    const encoder = new HpackEncoder();
    const list = (date: string): string[] => ["date", date, "content-type", "a"];
    for (const date of ["1", "2"]) blockOf(encoder, ...list(date));
    expect(blockOf(encoder, ...list("3"))).toMatch(/be$/);
    expect(blockOf(encoder, ...list("3"))).toHaveLength(2 * (2 + 2 + 1));
  });

  it("sends a shorter list that begins alike as it is", () => {
    const encoder = new HpackEncoder();
    for (let i = 0; i < 3; i++) blockOf(encoder, ":status", "200", "content-type", "a");
    expect(blockOf(encoder, ":status", "200")).toBe("88");
    expect(blockOf(encoder, ":status", "200", "content-type")).toBe("88");
  });

  it("counts on nothing that the table has moved since", () => {
    const { pass } = pair();
    for (let round = 0; round < 100; round++) {
      pass(":status", "200", "content-type", "application/grpc", "server", "a");
      if (round % 3 === 0) pass(":status", "200", "x-new", `${round}`.repeat(20), `x-${round}`, "1");
    }
  });
});

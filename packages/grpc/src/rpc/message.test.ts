import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, copyOf, fromLatin1 } from "../http2/bytes.ts";
import { frameMessage, messagePrefix, MessageReader, type MessageFault } from "./message.ts";

function readerOf(maxBytes: number): { reader: MessageReader; heard: Uint8Array[] } {
  const heard: Uint8Array[] = [];
  const reader = new MessageReader(maxBytes, { onMessage: (bytes) => heard.push(bytes) });
  return { reader, heard };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return concat(
    chunks,
    chunks.reduce((sum, chunk) => sum + chunk.length, 0),
  );
}

function faultOf(bytes: Uint8Array, maxBytes = 100): MessageFault | undefined {
  return readerOf(maxBytes).reader.push(bytes);
}

describe("length-prefixed messages", () => {
  it("come out as they went in, however the bytes are cut", () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });
    const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 200 });
    fc.assert(
      fc.property(messages, cuts, (sent, sizes) => {
        const wire = joined(sent.flatMap(frameMessage));
        const { reader, heard } = readerOf(300);
        let at = 0;
        for (const size of [...sizes, wire.length]) {
          const scratch = copyOf(wire.subarray(at, at + size));
          expect(reader.push(scratch)).toBeUndefined();
          scratch.fill(0xee); // what was borrowed is gone after the call
          at += size;
        }
        expect(heard.map((each) => [...each])).toEqual(sent.map((each) => [...each]));
        expect(reader.end()).toBeUndefined();
        expect(reader.pendingBytes).toBe(0);
      }),
    );
  });

  it("belong to their hearer, and what is not whole is told", () => {
    const wire = joined([...frameMessage(Uint8Array.of(1, 2)), ...frameMessage(Uint8Array.of(3, 4, 5))]);
    const { reader, heard } = readerOf(10);
    reader.push(wire.subarray(0, 9));
    expect(reader.pendingBytes).toBe(2);
    reader.push(wire.subarray(9, 13));
    expect(reader.pendingBytes).toBe(6);
    reader.push(wire.subarray(13));
    wire.fill(0xee);
    expect(heard.map((each) => [...each])).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it("tell what they lack, once their length is known", () => {
    const { reader } = readerOf(1_000);
    const rest: number[] = [];
    for (const piece of [messagePrefix(300).subarray(0, 4), messagePrefix(300).subarray(4), new Uint8Array(299)]) {
      reader.push(piece);
      rest.push(reader.restBytes);
    }
    reader.push(new Uint8Array(1));
    expect([...rest, reader.restBytes]).toEqual([0, 300, 1, 0]);
  });

  it.each([
    [1_048_576, 16_000, 1_048_576],
    [2_097_152, 16_384, 2_097_152], // a buffer of more than half is made whole
    [4_000_000, 16_384, 1_048_576],
    [4_000_000, 1_000, 65_536],
    [16_000_000, 200_000, 1_600_000],
  ])("of %i octets get, for the first %i, room for %i", (length, came, room) => {
    const { reader } = readerOf(length);
    reader.push(messagePrefix(length));
    const before = process.memoryUsage().arrayBuffers;
    reader.push(new Uint8Array(came));
    const grown = process.memoryUsage().arrayBuffers - before - came;
    expect(Math.abs(grown - room)).toBeLessThan(60_000);
  });

  it("grow with what arrives, not with what was claimed", () => {
    // 3,000,000,000 bytes claimed, 100 sent: must neither allocate 3 GB nor read the length as negative.
    const { reader, heard } = readerOf(4_000_000_000);
    const before = process.memoryUsage().arrayBuffers;
    reader.push(messagePrefix(3_000_000_000));
    reader.push(new Uint8Array(100));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    expect(reader.pendingBytes).toBe(105);
    expect(heard).toEqual([]);
  });

  it("hold nothing for a length that was only claimed", () => {
    const readers = Array.from({ length: 1_000 }, () => readerOf(4_000_000_000).reader); // 64 KiB for each would be 64 MB
    const before = process.memoryUsage().arrayBuffers;
    for (const reader of readers) reader.push(messagePrefix(3_000_000_000));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it("find room for all the rest at once", () => {
    const message = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251); // more than a first octet makes room for
    const wire = joined(frameMessage(message));
    const { reader, heard } = readerOf(100_000);
    reader.push(wire.subarray(0, 6));
    reader.push(wire.subarray(6));
    expect(Buffer.compare(heard[0] ?? new Uint8Array(), message)).toBe(0);
  });

  it("survive growing over several sizes", () => {
    const message = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 31) % 251);
    const { reader, heard } = readerOf(700_000);
    const wire = joined(frameMessage(message));
    for (let at = 0; at < wire.length; at += 16_384) reader.push(wire.subarray(at, at + 16_384));
    expect(heard).toHaveLength(1);
    expect(Buffer.compare(heard[0] ?? new Uint8Array(), message)).toBe(0);
  });

  it("may be as large as the limit and no larger", () => {
    expect(faultOf(joined(frameMessage(new Uint8Array(100))))).toBeUndefined();
    expect(faultOf(messagePrefix(101))).toEqual({
      kind: "too-large",
      code: 8,
      detail: "message of 101 bytes is over the limit of 100",
    });
  });

  it("name the flag that nobody agreed on", () => {
    for (const length of [2, 100]) {
      expect(faultOf(Uint8Array.of(1, 0, 0, 0, length))).toEqual({
        kind: "compressed",
        code: 13,
        detail: "compressed message, but no encoding was agreed",
      });
    }
    expect(faultOf(Uint8Array.of(7, 0, 0, 0, 0))).toEqual({
      kind: "bad-flag",
      code: 13,
      detail: "message flag 7, expected 0 or 1",
    });
  });

  it("recognise text where a prefix should be", () => {
    expect(faultOf(fromLatin1("<html><body>"))?.detail).toContain('reads as the text "<html"');
    expect(faultOf(fromLatin1("HTTP/1.1 400"))?.detail).toContain("looks like an HTML or HTTP answer");
    expect(faultOf(fromLatin1("\0html"))?.detail).toBe(
      "message of 1752460652 bytes is over the limit of 100; the prefix reads as the text " +
        '"html", so this looks like an HTML or HTTP answer, not gRPC',
    );
  });

  it("are text from space to tilde, with tabs and line ends, and nothing else", () => {
    expect(faultOf(fromLatin1("~ \t\r\n"))?.detail).toContain('reads as the text "~ \\t\\r\\n"');
    for (const octet of [0x00, 0x08, 0x0b, 0x0c, 0x0e, 0x1f, 0x7f, 0x80, 0xff])
      expect(faultOf(Uint8Array.of(0x41, octet, 0x41, 0x41, 0x41))?.detail, `${octet}`).not.toContain("reads as");
  });

  it("must not end half way", () => {
    const inPrefix = readerOf(10).reader;
    inPrefix.push(Uint8Array.of(0, 0));
    expect(inPrefix.end()?.detail).toBe("the stream ended inside a message, inside a prefix");
    const inMessage = readerOf(10).reader;
    inMessage.push(joined([messagePrefix(4), Uint8Array.of(1)]));
    expect(inMessage.end()).toMatchObject({ kind: "truncated", code: 13 });
    expect(inMessage.end()?.detail).toContain("after 1 of 4 bytes");
  });

  it("stay broken once they broke", () => {
    const { reader, heard } = readerOf(10);
    const fault = reader.push(joined([...frameMessage(Uint8Array.of(1)), Uint8Array.of(9, 0, 0, 0, 0)]));
    expect(reader.push(joined(frameMessage(Uint8Array.of(2))))).toBe(fault);
    expect(reader.end()).toBe(fault);
    expect(heard).toHaveLength(1);
  });

  it("are one chunk up to 2,048 octets, where a copy costs less than a second chunk", () => {
    expect([2_048, 2_049].map((length) => frameMessage(new Uint8Array(length)).length)).toEqual([1, 2]);
  });

  it("are one chunk when small and two when large", () => {
    const large = new Uint8Array(5_000);
    expect(frameMessage(new Uint8Array(100))).toHaveLength(1);
    expect(frameMessage(large)[1]).toBe(large);
  });
});

import { expect, it } from "vitest";
import { captureHead, CapturedConnection } from "./capture-file.ts";

const ends = { client: { host: "10.0.0.1", port: 40_000 }, server: { host: "::1", port: 443 } };

it("is what the format asks for: magic, version 2.4, raw IP", () => {
  const head = Buffer.from(captureHead());
  expect([
    head.length,
    head.readUInt32LE(0),
    head.readUInt16LE(4),
    head.readUInt16LE(6),
    head.readUInt32LE(20),
  ]).toEqual([24, 0xa1b2c3d4, 2, 4, 101]);
});

it("numbers bytes as TCP does, so that a reader joins them in their order", () => {
  const connection = new CapturedConnection(ends);
  const packets = [
    connection.open(1_500.25),
    connection.bytes(1_501, "client", new Uint8Array(70_000)),
    connection.bytes(1_502, "server", Uint8Array.of(7)),
    connection.end(1_503, "server", "fin"),
    connection.end(1_504, "client", "rst"),
  ];
  const read = readPackets(Buffer.concat(packets));
  expect(read.map(({ from, flags, seq, ack, length }) => `${from} ${flags} ${seq} ${ack} ${length}`)).toEqual([
    "40000 2 1000 0 0",
    "443 18 2000 1001 0",
    "40000 16 1001 2001 0",
    "40000 24 1001 2001 60000",
    "40000 24 61001 2001 10000",
    "443 24 2001 71001 1",
    "443 17 2002 71001 0",
    "40000 20 71001 2003 0",
  ]);
  expect(read[0]).toMatchObject({ atMs: 1_500.25, source: "10.0.0.1", target: "192.0.2.1" });
});

function readPackets(bytes: Buffer) {
  const packets = [];
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readUInt32LE(at + 8);
    const ip = bytes.subarray(at + 16, at + 16 + size);
    let sum = 0;
    for (let i = 0; i < 20; i += 2) sum += ip.readUInt16BE(i);
    // RFC 1071: with its checksum in it, a head adds up to all ones.
    expect((sum & 0xffff) + (sum >>> 16)).toBe(0xffff);
    packets.push({
      atMs: bytes.readUInt32LE(at) * 1_000 + bytes.readUInt32LE(at + 4) / 1_000,
      source: ip.subarray(12, 16).join("."),
      target: ip.subarray(16, 20).join("."),
      from: ip.readUInt16BE(20),
      seq: ip.readUInt32BE(24),
      ack: ip.readUInt32BE(28),
      flags: ip[33],
      length: ip.length - 40,
    });
    at += 16 + size;
  }
  return packets;
}

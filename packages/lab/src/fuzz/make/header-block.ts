/**
 * Header blocks of RFC 7541 in every representation, sound and not. Shares nothing with the engine's encoder; does not keep
 * a dynamic table, so that an index into it is right only by chance.
 */

import type { Dice } from "../dice.ts";

type Field = readonly [name: string, value: string];

const requests: readonly Field[][] = [
  [
    [":method", "POST"],
    [":scheme", "http"],
    [":path", "/shop.v1.Orders/Get"],
    [":authority", "shop"],
    ["te", "trailers"],
    ["content-type", "application/grpc"],
  ],
  [
    [":method", "GET"],
    [":scheme", "https"],
    [":path", "/"],
    [":authority", "shop:443"],
  ],
  [
    [":method", "CONNECT"],
    [":authority", "shop:443"],
  ],
  [
    [":method", "POST"],
    [":scheme", "http"],
    [":path", "*"],
    ["content-length", "5"],
  ],
];
const responses: readonly Field[][] = [
  [
    [":status", "200"],
    ["content-type", "application/grpc"],
  ],
  [
    [":status", "200"],
    ["content-length", "5"],
  ],
  [
    [":status", "103"],
    ["link", "</x>"],
  ],
  [
    [":status", "503"],
    ["content-length", "0"],
  ],
  [[":status", "101"]],
];
const trailers: readonly Field[][] = [
  [["grpc-status", "0"]],
  [
    ["grpc-status", "14"],
    ["grpc-message", "a%20b"],
  ],
  [["x-trailer", ""]],
];
/** What RFC 9113 §8 forbids, or what nobody expects. */
const odd: readonly Field[] = [
  ["Upper", "case"],
  ["connection", "keep-alive"],
  ["transfer-encoding", "chunked"],
  ["te", "gzip"],
  [":status", "99"],
  [":path", ""],
  [":method", "POST"],
  [":unknown", "x"],
  ["", "empty name"],
  ["a b", "blank in the name"],
  ["x", "line\r\nbreak"],
  ["x", " blanks around "],
  ["x", "\u0000"],
  ["content-length", "-1"],
  ["content-length", "18446744073709551616"],
  ["host", "other"],
  ["cookie", "a=b"],
  ["grpc-timeout", "9999999999999H"],
  ["x-long", "v".repeat(5_000)],
];

/** The lists that a peer in this role would send, now and then with a field that it should not. */
export function someFields(dice: Dice, from: "client" | "server"): readonly Field[] {
  const base = dice.pick(dice.chance(0.3) ? trailers : from === "client" ? requests : responses);
  const fields = [...base];
  while (dice.chance(0.3)) fields.splice(dice.below(fields.length + 1), 0, dice.pick(odd));
  if (dice.chance(0.1)) fields.splice(dice.below(fields.length), 1);
  return fields;
}

export function headerBlock(dice: Dice, fields: readonly Field[]): Buffer {
  const parts: Buffer[] = [];
  // RFC 7541 §4.2: a size update stands at the beginning of a block, and nowhere else.
  while (dice.chance(0.05)) parts.push(integer(0x20, 5, dice.pick([0, 31, 4_096, 4_097, 100_000])));
  for (const [name, value] of fields) {
    if (dice.chance(0.1))
      parts.push(integer(0x80, 7, dice.pick([dice.between(1, 61), dice.between(62, 70), 0, 5_000_000])));
    const kind = dice.pick([0x00, 0x10, 0x40]);
    parts.push(integer(kind, kind === 0x40 ? 6 : 4, 0), text(dice, name), text(dice, value));
    if (dice.chance(0.02)) parts.push(integer(0x20, 5, 0));
  }
  const block = Buffer.concat(parts);
  if (!dice.chance(0.1)) return block;
  return dice.chance(0.5)
    ? block.subarray(0, dice.below(block.length + 1))
    : Buffer.concat([block, dice.bytes(dice.below(9))]);
}

/** RFC 7541 §5.1. */
function integer(mark: number, bits: number, value: number): Buffer {
  const most = 2 ** bits - 1;
  if (value < most) return Buffer.from([mark | value]);
  const octets = [mark | most];
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) octets.push((rest % 128) | 128);
  return Buffer.from([...octets, rest]);
}

/** RFC 7541 §5.2: as it is, or said to be in Huffman's code, which it then is not. */
function text(dice: Dice, value: string): Buffer {
  const octets = Buffer.from(value, "latin1");
  const length = dice.chance(0.02) ? octets.length + dice.between(1, 300) : octets.length;
  return Buffer.concat([integer(dice.chance(0.05) ? 0x80 : 0, 7, length), octets]);
}

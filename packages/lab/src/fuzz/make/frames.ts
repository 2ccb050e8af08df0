/** Frames of every type with fields of every kind, in an order that follows no grammar; most are well-formed by themselves. */

import { frame, maxUint31, preface, settingsFrame } from "../../peer/frame.ts";
import type { Dice } from "../dice.ts";
import { headerBlock, someFields } from "./header-block.ts";

/** RFC 9113 §6; the lab's own table has only the types that its scripts send. */
const type = {
  data: 0,
  headers: 1,
  priority: 2,
  rst: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goaway: 7,
  window: 8,
  continuation: 9,
};

/** The first bytes that a peer in this role sends, most often right. */
export function greeting(dice: Dice, from: "client" | "server"): Buffer[] {
  if (dice.chance(0.03)) return [dice.bytes(dice.below(64))];
  const first = from === "client" ? [preface] : [];
  return [...first, dice.chance(0.95) ? settings(dice) : someFrame(dice, from)];
}

export function someFrame(dice: Dice, from: "client" | "server"): Buffer {
  const id = streamId(dice, from);
  switch (dice.below(16)) {
    case 0:
    case 1:
    case 2:
      return data(dice, id);
    case 3:
    case 4:
    case 5:
    case 6:
      return headers(dice, from, id);
    case 7:
      return frame(type.rst, 0, id, uint32(dice.pick([0, 1, 2, 7, 8, 11, 99])));
    case 8:
      return frame(
        type.window,
        0,
        dice.chance(0.3) ? 0 : id,
        uint32(dice.pick([0, 1, 65_535, maxUint31, dice.below(100_000)])),
      );
    case 9:
      return dice.chance(0.7) ? settings(dice) : frame(type.settings, 1, 0, dice.bytes(dice.chance(0.9) ? 0 : 6));
    case 10:
      return frame(
        type.ping,
        dice.below(2),
        dice.chance(0.95) ? 0 : id,
        dice.bytes(dice.chance(0.95) ? 8 : dice.below(20)),
      );
    case 11:
      return frame(
        type.goaway,
        0,
        0,
        Buffer.concat([uint32(dice.pick([0, 1, 3, 7, maxUint31])), uint32(dice.below(15)), dice.bytes(dice.below(20))]),
      );
    case 12:
      return frame(type.priority, 0, id, dice.bytes(dice.chance(0.9) ? 5 : dice.below(9)));
    case 13:
      return frame(
        type.push,
        4,
        id,
        Buffer.concat([uint32(2 * dice.below(9)), headerBlock(dice, someFields(dice, from))]),
      );
    case 14:
      return frame(type.continuation, dice.pick([0, 4]), id, headerBlock(dice, someFields(dice, from)));
    default:
      return frame(
        dice.below(256),
        dice.below(256),
        dice.chance(0.5) ? id : dice.below(maxUint31),
        dice.bytes(dice.below(40)),
      );
  }
}

/** Streams that are likely to be open, and some that are not. */
function streamId(dice: Dice, from: "client" | "server"): number {
  if (dice.chance(0.02)) return dice.pick([0, 2, 4, maxUint31, maxUint31 - 1]);
  // A client opens streams as it goes; a server can but answer.
  return 2 * dice.below(from === "client" ? 12 : 5) + 1;
}

function data(dice: Dice, id: number): Buffer {
  const body = dice.bytes(dice.pick([0, 1, 5, 100, dice.below(3_000)]));
  const end = dice.chance(0.3) ? 1 : 0;
  if (!dice.chance(0.15)) return frame(type.data, end, id, body);
  const padding = dice.below(256);
  return frame(
    type.data,
    end | 8,
    id,
    Buffer.concat([Buffer.from([padding]), body, Buffer.alloc(dice.chance(0.9) ? padding : 0)]),
  );
}

function headers(dice: Dice, from: "client" | "server", id: number): Buffer {
  const block = headerBlock(dice, someFields(dice, from));
  const end = dice.chance(0.4) ? 1 : 0;
  if (dice.chance(0.15)) {
    const cut = dice.below(block.length + 1);
    const isWhole = dice.chance(0.9);
    return Buffer.concat([
      frame(type.headers, end, id, block.subarray(0, cut)),
      frame(type.continuation, isWhole ? 4 : 0, id, block.subarray(cut)),
    ]);
  }
  const priority = dice.chance(0.1);
  const payload = priority ? Buffer.concat([uint32(dice.pick([0, 1, id])), Buffer.from([16]), block]) : block;
  return frame(type.headers, end | 4 | (priority ? 0x20 : 0), id, payload);
}

function settings(dice: Dice): Buffer {
  const values = new Map<number, number>();
  while (dice.chance(0.5)) {
    values.set(dice.between(0, 9), dice.pick([0, 1, 100, 4_096, 16_384, 65_535, 16_777_215, maxUint31, 0xffff_ffff]));
  }
  return settingsFrame(values);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

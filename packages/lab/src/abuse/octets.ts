/**
 * Owns the octets that an attacker and an honest caller send and the peer's frames do not have: header blocks of any size,
 * CONTINUATION and PRIORITY, and volleys, which are written once and sent with other stream ids each time.
 */

import * as wire from "../peer/frame.ts";

/** RFC 9113 §6.3 and §6.10, which `peer/frame.ts` has no use for. */
const priorityType = 2;
const continuationType = 9;

/** The largest frame that every server takes, RFC 9113 §4.2. */
export const frameBytes = 16_384;

/** A field as a literal without indexing, RFC 7541 §6.2.2, without Huffman code. */
export function literal(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0]), string(name), string(value)]);
}

/** The same, and the receiver's table takes it in, RFC 7541 §6.2.1. */
export function insertedLiteral(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0x40]), string(name), string(value)]);
}

/** A unary call's fields. */
export function requestBlock(path: string): Buffer {
  const fields = { ":method": "POST", ":scheme": "http", ":path": path, ":authority": "localhost" };
  const rest = { "content-type": "application/grpc", te: "trailers" };
  return Buffer.concat(Object.entries({ ...fields, ...rest }).map(([name, value]) => literal(name, value)));
}

/** HEADERS with as many CONTINUATION frames as the block needs. */
export function headers(streamId: number, block: Buffer, endStream = false): Buffer {
  const end = endStream ? wire.flag.END_STREAM : 0;
  if (block.length <= frameBytes) {
    return wire.frame(wire.frameType.HEADERS, end | wire.flag.END_HEADERS, streamId, block);
  }
  const frames = [wire.frame(wire.frameType.HEADERS, end, streamId, block.subarray(0, frameBytes))];
  for (let at = frameBytes; at < block.length; at += frameBytes) {
    frames.push(continuation(streamId, block.subarray(at, at + frameBytes), at + frameBytes >= block.length));
  }
  return Buffer.concat(frames);
}

/** HEADERS of which the block goes on. */
export function openHeaders(streamId: number, fragment: Buffer): Buffer {
  return wire.frame(wire.frameType.HEADERS, 0, streamId, fragment);
}

export function continuation(streamId: number, fragment: Buffer, endHeaders = false): Buffer {
  return wire.frame(continuationType, endHeaders ? wire.flag.END_HEADERS : 0, streamId, fragment);
}

export function priority(streamId: number): Buffer {
  return wire.frame(priorityType, 0, streamId, Buffer.from([0, 0, 0, 0, 15]));
}

/** A whole unary call with an empty message. */
export function call(streamId: number, block: Buffer, message: Buffer = Buffer.alloc(5)): Buffer {
  return Buffer.concat([headers(streamId, block), wire.dataFrame(streamId, message, true)]);
}

/** Frames for many streams in one buffer; only the ids differ from one use to the next. */
export class Volley {
  readonly count: number;
  readonly #template: Buffer;
  readonly #stepBytes: number;
  readonly #idsAt: number[] = [];

  /** @param write The frames of one stream; what is on stream 0 stays there. */
  constructor(count: number, write: (streamId: number) => Buffer) {
    const one = write(1);
    for (let at = 0; at < one.length; at += wire.frameHeaderBytes + one.readUIntBE(at, 3)) {
      if (one.readUInt32BE(at + 5) === 1) this.#idsAt.push(at + 5);
    }
    this.count = count;
    this.#stepBytes = one.length;
    this.#template = Buffer.concat(Array.from({ length: count }, () => one));
  }

  /** On streams `firstId`, `firstId` + 2 and so on. */
  from(firstId: number): Buffer {
    const bytes = Buffer.from(this.#template);
    for (let n = 0; n < this.count; n++) {
      for (const at of this.#idsAt) bytes.writeUInt32BE(firstId + 2 * n, n * this.#stepBytes + at);
    }
    return bytes;
  }
}

/** RFC 7541 §5.2, with the integer of §5.1: seven bits, then seven more in each octet. */
function string(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  if (bytes.length < 127) return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  const length = [127];
  let left = bytes.length - 127;
  for (; left >= 128; left = Math.floor(left / 128)) length.push((left % 128) | 128);
  return Buffer.concat([Buffer.from([...length, left]), bytes]);
}

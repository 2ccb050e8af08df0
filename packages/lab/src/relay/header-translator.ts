/**
 * Owns the header blocks of one direction: reads each with the sender's table, and writes it anew without one, so that any
 * block can be dropped or made without harm.
 *
 * A block means what it means only after all blocks before it (RFC 7541 §2.3.2): who drops one, drops table entries that later
 * blocks point at. Asking both ends for HEADER_TABLE_SIZE 0 by a changed SETTINGS is not enough: a client may send requests
 * before it has read the server's SETTINGS, with a table of 4,096 octets (RFC 9113 §6.5.2), and faults may be put on a
 * connection that has been open for long. So the receiver gets literals without indexing (RFC 7541 §6.2.2), which leave its
 * table as it is; and a change of the table's size, which it may be waiting for (§4.2), is kept until a block can carry it.
 */

import { HpackDecoder } from "@holdfast/grpc/http2";
import { frameHeaderBytes, frameType } from "../peer/frame.ts";
import { headerFrames, literalBlock } from "./literal-headers.ts";

/** RFC 7541 §6.3: 001 and five bits of the size. */
const sizeUpdateMask = 0xe0;
const sizeUpdateBits = 0x20;
/** 1 MiB: what a bystander follows of a table, and of one list. */
const maxBytes = 1_048_576;

export class HeaderTranslator {
  readonly #decoder = new HpackDecoder({ maxTableSize: maxBytes, maxHeaderListBytes: maxBytes, memory: false });
  /** Size updates that stood before blocks which never went on. */
  #owed: Buffer = Buffer.alloc(0);
  #lost = false;

  /** Names and values by turns; undefined once the sender's table is lost. Every block must come by here. */
  read(block: Uint8Array): readonly string[] | undefined {
    if (this.#lost) return undefined;
    const read = this.#decoder.decode(block);
    if (!("scope" in read)) return read as readonly string[];
    this.#lost = read.scope === "connection";
    return undefined;
  }

  /** A block was dropped: what it said of the table's size is still owed to the receiver. */
  dropped(block: Uint8Array): void {
    this.#owed = Buffer.concat([this.#owed, sizeUpdatesOf(block)]);
  }

  /** The frames that say the same with literals. */
  translate(streamId: number, flags: number, block: Uint8Array, fields: readonly string[]): Buffer {
    this.dropped(block);
    return headerFrames(streamId, flags, Buffer.concat([this.#takeOwed(), literalBlock(fields)]));
  }

  /** A frame that the relay made: if it holds a block, that carries what is owed. */
  made(bytes: Uint8Array): Buffer {
    const whole = Buffer.from(bytes);
    if (this.#owed.byteLength === 0 || whole[3] !== frameType.HEADERS) return whole;
    const block = Buffer.concat([this.#takeOwed(), whole.subarray(frameHeaderBytes)]);
    return headerFrames(whole.readUInt32BE(5), whole[4] as number, block);
  }

  #takeOwed(): Buffer {
    const owed = this.#owed;
    this.#owed = Buffer.alloc(0);
    return owed;
  }
}

/** Where a block's size updates end. */
function sizeUpdatesOf(block: Uint8Array): Uint8Array {
  let at = 0;
  while (at < block.byteLength && ((block[at] as number) & sizeUpdateMask) === sizeUpdateBits) {
    const isLong = ((block[at] as number) & 0x1f) === 0x1f;
    at++;
    if (!isLong) continue;
    while (((block[at] ?? 0) & 0x80) !== 0) at++;
    at++;
  }
  return block.subarray(0, at);
}

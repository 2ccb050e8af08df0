/**
 * Cuts one direction of a connection into frames and decodes them, header blocks too. It only looks: whether the peer may
 * send what it sent is the engine's business. What it keeps of a frame is bounded, whatever length the frame claims.
 */

import { HpackDecoder, type HeaderList } from "@holdfast/grpc/http2";
import {
  endHeaders,
  endsStream,
  frameContent,
  type FrameContent,
  type FrameHead,
  headerBlock,
} from "./frame-content.ts";

const headBytes = 9;
/** "PRI * HTTP/2.0", RFC 9113 §3.4. */
const prefaceBytes = 24;
/** Twice the largest frame that the engine takes; of longer ones only the head is told. */
const maxKeptBytes = 32_768;
/** Far above what the engine takes, so that the list which breaks its limit can still be read. */
const maxHeaderListBytes = 262_144;
/** Room for any SETTINGS_HEADER_TABLE_SIZE that an encoder of ours may be told, octets: it decides, this only follows. */
const maxTableBytes = 65_536;

export type OnSight = (head: FrameHead, content: FrameContent) => void;

export class FrameSight {
  readonly #onSight: OnSight;
  readonly #hpack = new HpackDecoder({ maxTableSize: maxTableBytes, maxHeaderListBytes, memory: false });
  /** A table that missed a block is of no use any more. */
  #hpackLost = false;
  #prefaceLeft: number;
  /** A server's first frame is SETTINGS, RFC 9113 §3.4: one that begins otherwise speaks something else, and is not cut up. */
  #greeting: "awaited" | "heard" | "foreign";
  readonly #head = new Uint8Array(headBytes);
  #headFilled = 0;
  #current: FrameHead | undefined = undefined;
  #payload: Uint8Array = new Uint8Array(0);
  #taken = 0;
  /** A header block whose CONTINUATIONs are still to come. */
  #block: Uint8Array[] = [];
  #blockBytes = 0;

  /** `writer`: whose bytes these are; a client's begin with the preface. */
  constructor(writer: "client" | "server", onSight: OnSight) {
    this.#prefaceLeft = writer === "client" ? prefaceBytes : 0;
    this.#greeting = writer === "client" ? "heard" : "awaited";
    this.#onSight = onSight;
  }

  /** Octets of a frame that has begun and is not whole: its head, and what came of it. */
  get unfinished(): { readonly head: FrameHead; readonly bytes: number } | undefined {
    return this.#current === undefined ? undefined : { head: this.#current, bytes: this.#taken };
  }

  push(bytes: Uint8Array): void {
    let at = Math.min(this.#prefaceLeft, bytes.length);
    this.#prefaceLeft -= at;
    while (at < bytes.length && this.#greeting !== "foreign")
      at = this.#current === undefined ? this.#moreHead(bytes, at) : this.#more(bytes, at);
  }

  #moreHead(bytes: Uint8Array, at: number): number {
    const piece = bytes.subarray(at, at + headBytes - this.#headFilled);
    this.#head.set(piece, this.#headFilled);
    this.#headFilled += piece.length;
    if (this.#headFilled < headBytes) return at + piece.length;
    this.#headFilled = 0;
    const view = new DataView(this.#head.buffer);
    if (this.#greeting === "awaited") this.#greeting = view.getUint8(3) === 0x4 ? "heard" : "foreign";
    if (this.#greeting === "foreign") return bytes.length;
    const length = view.getUint32(0) >>> 8;
    this.#current = {
      length,
      type: view.getUint8(3),
      flags: view.getUint8(4),
      streamId: view.getUint32(5) & 0x7fffffff,
    };
    this.#payload = new Uint8Array(Math.min(length, maxKeptBytes));
    this.#taken = 0;
    if (length === 0) this.#finish(this.#current);
    return at + piece.length;
  }

  #more(bytes: Uint8Array, at: number): number {
    const current = this.#current as FrameHead;
    const taken = Math.min(current.length - this.#taken, bytes.length - at);
    const room = this.#payload.length - this.#taken;
    if (room > 0) this.#payload.set(bytes.subarray(at, at + Math.min(taken, room)), this.#taken);
    this.#taken += taken;
    if (this.#taken === current.length) this.#finish(current);
    return at + taken;
  }

  #finish(head: FrameHead): void {
    this.#current = undefined;
    const payload = this.#payload;
    this.#payload = new Uint8Array(0);
    if (head.type === 0x1 || head.type === 0x9) this.#onSight(head, this.#headerContent(head, payload));
    // Only a PUSH_PROMISE carries a block beside these, and we forbid it: RFC 9113 §8.4.
    else if (head.type === 0x0 || payload.length === head.length) this.#onSight(head, frameContent(head, payload));
    else this.#onSight(head, { kind: "malformed" });
  }

  #headerContent(head: FrameHead, payload: Uint8Array): FrameContent {
    const first = head.type === 0x1;
    const part = first ? headerBlock(head, payload) : payload;
    if (first) this.#forgetBlock();
    if (part === undefined || payload.length < head.length) this.#hpackLost = true;
    else {
      this.#block.push(part);
      this.#blockBytes += part.length;
      if (this.#blockBytes > maxHeaderListBytes) this.#hpackLost = true;
    }
    const fields = (head.flags & endHeaders) !== 0 ? this.#decode() : undefined;
    const told = fields === undefined ? {} : { fields };
    return first ? { kind: "headers", endStream: endsStream(head.flags), ...told } : { kind: "continuation", ...told };
  }

  #decode(): HeaderList | undefined {
    const block = Buffer.concat(this.#block);
    this.#forgetBlock();
    if (this.#hpackLost) return undefined;
    const list = this.#hpack.decode(block);
    if (!("scope" in list)) return list;
    if (list.scope === "connection") this.#hpackLost = true;
    return undefined;
  }

  #forgetBlock(): void {
    this.#block = [];
    this.#blockBytes = 0;
  }
}

/**
 * Owns cutting a client's bytes into frames, whatever the pieces they come in. Does not judge them: the peer reads what
 * the real clients of the lab send, and those are not the ones on trial for their syntax.
 */

import { frameHeaderBytes, preface } from "./frame.ts";

export interface ReadFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  /** Borrowed: valid until the callback returns. */
  readonly payload: Buffer;
}

export class FrameReader {
  readonly #onFrame: (frame: ReadFrame) => void;
  #state: "preface" | "frames" | "not-http2";
  #rest: Buffer = Buffer.alloc(0);

  /** @param writer Whose bytes are read: a client's begin with the preface. Default: a client's. */
  constructor(onFrame: (frame: ReadFrame) => void, writer: "client" | "server" = "client") {
    this.#onFrame = onFrame;
    this.#state = writer === "client" ? "preface" : "frames";
  }

  /** False once the bytes have shown that the client does not speak HTTP/2. */
  push(chunk: Buffer): boolean {
    const bytes = this.#rest.byteLength === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    if (this.#state === "preface") {
      const seen = Math.min(bytes.byteLength, preface.byteLength);
      if (bytes.compare(preface, 0, seen, 0, seen) !== 0) this.#state = "not-http2";
      else if (seen === preface.byteLength) {
        this.#state = "frames";
        at = seen;
      }
    }
    if (this.#state === "frames") at = this.#readFrames(bytes, at);
    // Copied: what is left is less than a frame, and the socket may use its buffer again.
    this.#rest = Buffer.from(bytes.subarray(at));
    return this.#state !== "not-http2";
  }

  #readFrames(bytes: Buffer, from: number): number {
    let at = from;
    while (bytes.byteLength - at >= frameHeaderBytes) {
      const end = at + frameHeaderBytes + bytes.readUIntBE(at, 3);
      if (bytes.byteLength < end) break;
      this.#onFrame({
        type: bytes.readUInt8(at + 3),
        flags: bytes.readUInt8(at + 4),
        streamId: bytes.readUInt32BE(at + 5) & 0x7fff_ffff,
        payload: bytes.subarray(at + frameHeaderBytes, end),
      });
      at = end;
    }
    return at;
  }
}

/**
 * Owns where frames begin and end in the bytes of one direction, and whether they are frames at all. Hands out each frame
 * whole, as it stood on the wire. Does not judge them and does not read headers (`header-translator.ts`).
 */

import { frameHeaderBytes, frameType, preface } from "../peer/frame.ts";
import type { Direction } from "../fault/fault.ts";

export interface CutterEvents {
  /** Frames and the preface; borrowed. */
  onFrame(bytes: Buffer): void;
  onPreface(): void;
  /** This direction does not speak HTTP/2: these and all bytes after them are handed out as they come. */
  onStranger(bytes: Buffer): void;
}

export class FrameCutter {
  readonly #direction: Direction;
  readonly #events: CutterEvents;
  #state: "greeting" | "frames" | "stranger" = "greeting";
  #isGreeted = false;
  #rest: Buffer = Buffer.alloc(0);

  constructor(direction: Direction, events: CutterEvents) {
    this.#direction = direction;
    this.#events = events;
  }

  /** Whether frames of ours may stand here: the greeting and the SETTINGS that it ends with have passed. */
  get isGreeted(): boolean {
    return this.#state === "frames" && this.#isGreeted;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.byteLength === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = Buffer.alloc(0);
    let at = 0;
    if (this.#state === "greeting") at = this.#greet(bytes);
    if (this.#state === "stranger") this.#events.onStranger(bytes.subarray(at));
    else if (this.#state === "frames") at = this.#cut(bytes, at);
    // Copied: the socket may use its buffer again.
    if (this.#state !== "stranger") this.#rest = Buffer.from(bytes.subarray(at));
  }

  /** What came of a frame whose end did not; for the end of the connection. From now on bytes pass as they come. */
  giveUp(): Buffer {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    this.#state = "stranger";
    return rest;
  }

  /** Where the first frame begins; RFC 9113 §3.4: a client's preface, a server's SETTINGS. */
  #greet(bytes: Buffer): number {
    if (this.#direction === "to-server") {
      const seen = Math.min(bytes.byteLength, preface.byteLength);
      if (bytes.compare(preface, 0, seen, 0, seen) !== 0) this.#state = "stranger";
      else if (seen === preface.byteLength) {
        this.#state = "frames";
        this.#events.onPreface();
        return seen;
      }
    } else if (!mayBeSettings(bytes)) this.#state = "stranger";
    else if (bytes.byteLength >= frameHeaderBytes) this.#state = "frames";
    return 0;
  }

  #cut(bytes: Buffer, from: number): number {
    let at = from;
    while (bytes.byteLength - at >= frameHeaderBytes) {
      const end = at + frameHeaderBytes + bytes.readUIntBE(at, 3);
      if (bytes.byteLength < end) break;
      this.#events.onFrame(bytes.subarray(at, end));
      // What heard the frame may have given the frames up.
      if (this.#state !== "frames") {
        this.#events.onStranger(bytes.subarray(end));
        return end;
      }
      this.#isGreeted = true;
      at = end;
    }
    return at;
  }
}

/** A SETTINGS frame's header as far as it is there: length, type, no ACK, stream 0. */
function mayBeSettings(bytes: Buffer): boolean {
  const wanted = [0, undefined, undefined, frameType.SETTINGS, 0, 0, 0, 0, 0];
  return wanted.every((byte, at) => byte === undefined || at >= bytes.byteLength || bytes[at] === byte);
}

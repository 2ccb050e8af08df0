/**
 * Owns the frames of one direction: whole frames in, judged one by one, whole frames out; headers of several frames are put
 * together first. Does not own what is done with a frame (`relay-link.ts`) nor time (`timed-stage.ts`).
 */

import type { Direction, RelayedFrame } from "../fault/fault.ts";
import { flag, frameHeaderBytes, frameType, preface } from "../peer/frame.ts";
import { FrameCutter } from "./frame-cutter.ts";
import { HeaderTranslator } from "./header-translator.ts";

export interface FrameStageEvents {
  /** What stands in place of a frame; `pass`: itself. */
  judge(frame: RelayedFrame): "pass" | "drop" | readonly Uint8Array[];
  /** Bytes for the next stage. */
  out(bytes: Uint8Array): void;
  /** Not HTTP/2, or no more of it can be read: bytes pass as they come. */
  onStranger(why: string): void;
  /** Header blocks are written anew, so that any of them can be dropped. */
  readonly translates: boolean;
}

const continuationType = 0x9;
const priorityFlag = 0x20;
/** 1 MiB: a block that goes on for longer is passed without being understood. */
const maxBlockBytes = 1_048_576;

/** HEADERS and the CONTINUATIONs behind it, so far. */
interface OpenBlock {
  readonly raw: Buffer[];
  readonly parts: Buffer[];
  readonly first: RelayedFrame;
  bytes: number;
}

export class FrameStage {
  readonly #events: FrameStageEvents;
  readonly #cutter: FrameCutter;
  readonly #headers = new HeaderTranslator();
  /** Frames that wait for the greeting to pass. */
  #early: Uint8Array[] = [];
  /** HEADERS whose block has not ended. */
  #open: OpenBlock | undefined;
  #outgoing: Uint8Array[] = [];
  #strangerTold = false;
  #pushing = false;

  constructor(direction: Direction, events: FrameStageEvents) {
    this.#events = events;
    this.#cutter = new FrameCutter(direction, {
      onPreface: () => this.#outgoing.push(preface),
      onFrame: (bytes) => this.#whole(bytes),
      onStranger: (bytes) => {
        this.#beStranger(`what came ${direction} is not HTTP/2: its bytes pass as they are`);
        this.#outgoing.push(bytes);
      },
    });
  }

  push(chunk: Buffer): void {
    this.#pushing = true;
    this.#cutter.push(chunk);
    this.#pushing = false;
    if (this.#mayStandHere) for (const each of this.#early.splice(0)) this.#outgoing.push(this.#headers.made(each));
    this.#flush();
  }

  /** False where no frame can be written. One that comes before the greeting waits for it. */
  inject(bytes: Uint8Array): boolean {
    if (this.#strangerTold) return false;
    if (!this.#mayStandHere) this.#early.push(Uint8Array.from(bytes));
    else {
      this.#outgoing.push(this.#headers.made(bytes));
      // Within a push, what was judged before it goes before it.
      if (!this.#pushing) this.#flush();
    }
    return true;
  }

  get #mayStandHere(): boolean {
    return this.#cutter.isGreeted && this.#open === undefined;
  }

  /** The sender ends: what came of a last frame goes on as it is. */
  end(): void {
    if (this.#open !== undefined) this.#outgoing.push(...this.#open.raw);
    this.#open = undefined;
    const rest = this.#cutter.giveUp();
    if (rest.byteLength > 0) this.#outgoing.push(rest);
    this.#flush();
  }

  #flush(): void {
    const outgoing = this.#outgoing;
    if (outgoing.length === 0) return;
    this.#outgoing = [];
    this.#events.out(outgoing.length === 1 ? (outgoing[0] as Uint8Array) : Buffer.concat(outgoing));
  }

  #whole(bytes: Buffer): void {
    const frame: RelayedFrame = {
      type: bytes.readUInt8(3),
      flags: bytes.readUInt8(4),
      streamId: bytes.readUInt32BE(5) & 0x7fff_ffff,
      payload: bytes.subarray(frameHeaderBytes),
    };
    const open = this.#open;
    if (open !== undefined) this.#goOn(open, bytes, frame);
    else if (frame.type === frameType.HEADERS) this.#begin(bytes, frame);
    else this.#judge(bytes, frame);
  }

  #begin(bytes: Buffer, frame: RelayedFrame): void {
    const block = blockOf(frame);
    const open = { raw: [Buffer.from(bytes)], parts: [Buffer.from(block)], first: frame, bytes: block.byteLength };
    if ((frame.flags & flag.END_HEADERS) !== 0) this.#judgeHeaders(open);
    else this.#open = { ...open, first: { ...frame, payload: Uint8Array.from(frame.payload) } };
  }

  #goOn(open: OpenBlock, bytes: Buffer, frame: RelayedFrame): void {
    open.raw.push(Buffer.from(bytes));
    open.parts.push(Buffer.from(frame.payload));
    open.bytes += frame.payload.byteLength;
    const isNext = frame.type === continuationType && frame.streamId === open.first.streamId;
    if (!isNext || open.bytes > maxBlockBytes) {
      this.#open = undefined;
      this.#outgoing.push(...open.raw);
      this.#beStranger(`a header block cannot be followed: bytes pass as they are from there on`);
      const rest = this.#cutter.giveUp();
      if (rest.byteLength > 0) this.#outgoing.push(rest);
    } else if ((frame.flags & flag.END_HEADERS) !== 0) {
      this.#open = undefined;
      this.#judgeHeaders(open);
    }
  }

  #judgeHeaders(open: OpenBlock): void {
    const { first, raw } = open;
    const block = Buffer.concat(open.parts);
    const fields = this.#headers.read(block);
    const flags = (first.flags & flag.END_STREAM) | flag.END_HEADERS;
    const frame = { type: first.type, flags, streamId: first.streamId, payload: block };
    const verdict = this.#events.judge(fields === undefined ? frame : { ...frame, fields });
    if (verdict === "pass") {
      if (fields === undefined || !this.#events.translates) this.#outgoing.push(...raw);
      else this.#outgoing.push(this.#headers.translate(first.streamId, flags, block, fields));
      return;
    }
    this.#headers.dropped(block);
    if (verdict !== "drop") for (const each of verdict) this.#outgoing.push(this.#headers.made(each));
  }

  #judge(bytes: Buffer, frame: RelayedFrame): void {
    const verdict = this.#events.judge(frame);
    if (verdict === "pass") this.#outgoing.push(Buffer.from(bytes));
    else if (verdict !== "drop") for (const each of verdict) this.#outgoing.push(this.#headers.made(each));
  }

  #beStranger(why: string): void {
    if (this.#strangerTold) return;
    this.#strangerTold = true;
    this.#early = [];
    this.#events.onStranger(why);
  }
}

/** RFC 9113 §6.2: the block without padding and priority. */
function blockOf({ flags, payload }: RelayedFrame): Uint8Array {
  let from = 0;
  let to = payload.byteLength;
  if ((flags & flag.PADDED) !== 0) {
    from = 1;
    to -= payload[0] ?? 0;
  }
  if ((flags & priorityFlag) !== 0) from += 5;
  return payload.subarray(from, Math.max(from, to));
}

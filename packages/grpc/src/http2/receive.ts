import { zeroed } from "./bytes.ts";
import type { Core } from "./connection-core.ts";
import { receiveContinuation, type as continuationType } from "./frame/continuation.ts";
import { type DataInFlight, moreData, openData, type as dataType } from "./frame/data.ts";
import { connectionError, type Frame, readU32, type ReceiveFrame } from "./frame/frame.ts";
import { receiveGoaway, type as goawayType } from "./frame/goaway.ts";
import { receiveHeaders, type as headersType } from "./frame/headers.ts";
import { receivePing, type as pingType } from "./frame/ping.ts";
import { receivePriority, type as priorityType } from "./frame/priority.ts";
import { receivePushPromise, type as pushPromiseType } from "./frame/push-promise.ts";
import { receiveRstStream, type as rstStreamType } from "./frame/rst-stream.ts";
import { receiveSettings, type as settingsType } from "./frame/settings.ts";
import { receiveUnknown } from "./frame/unknown.ts";
import { receiveWindowUpdate, type as windowUpdateType } from "./frame/window-update.ts";
import { strangerInWords } from "./stranger.ts";
import type { Violation } from "./violation.ts";

/**
 * Bytes to frames, RFC 9113 §3.4 and §4. Whatever comes, in whatever pieces: each octet is looked at once, nothing is
 * kept but one frame that is not whole (DATA is not even waited for), and a breach ends in `core.punish`, never in an
 * exception.
 */
export class Receiver {
  readonly #core: Core;
  readonly #frame: Frame = { length: 0, type: 0, flags: 0, streamId: 0, bytes: noBytes, at: 0 };
  /** Octets of the client preface that are still to come; 0 for a client's receiver. */
  #prefaceLeft: number;
  #firstFrame = true;

  /** A frame header that is not whole. */
  #head: Uint8Array = noBytes;
  #headLength = 0;
  /** A frame whose payload is not whole, and how much of it there is. */
  #partial: Uint8Array | undefined = undefined;
  #partialLength = 0;
  #data: DataInFlight | undefined = undefined;

  constructor(core: Core) {
    this.#core = core;
    this.#prefaceLeft = core.role === "server" ? preface.length : 0;
  }

  receive(bytes: Uint8Array): void {
    const core = this.#core;
    let at = this.#prefaceLeft > 0 ? this.#matchPreface(bytes) : 0;
    while (at < bytes.length && core.phase !== "failed" && core.phase !== "ended") {
      if (this.#data !== undefined) at = this.#moreData(this.#data, bytes, at);
      else if (this.#partial !== undefined) at = this.#morePayload(this.#partial, bytes, at);
      else if (this.#headLength > 0 || bytes.length - at < 9) at = this.#moreHead(bytes, at);
      else at = this.#open(bytes, at, bytes, at + 9);
    }
  }

  /** A frame header lies in head[from, from + 9); its payload, if it has come, in bytes from `at` on. */
  #open(head: Uint8Array, from: number, bytes: Uint8Array, at: number): number {
    const frame = this.#frame;
    frame.length = ((head[from] as number) << 16) | ((head[from + 1] as number) << 8) | (head[from + 2] as number);
    frame.type = head[from + 3] as number;
    frame.flags = head[from + 4] as number;
    frame.streamId = readU32(head, from + 5) & 0x7fffffff;
    const core = this.#core;
    const violation = this.#faultInHeader(head, from);
    if (violation !== undefined) {
      core.punish(violation);
      return bytes.length;
    }
    if (frame.type === dataType) return this.#openData(bytes, at);
    if (bytes.length - at >= frame.length) {
      this.#act(bytes, at);
      return at + frame.length;
    }
    if (core.unfinishedSinceMs === Infinity) core.unfinishedSinceMs = core.nowMs;
    this.#partial = zeroed(frame.length);
    this.#partialLength = 0;
    return this.#morePayload(this.#partial, bytes, at);
  }

  /** What can be judged before the payload: size, order, and whether this is HTTP/2 at all. */
  #faultInHeader(head: Uint8Array, from: number): Violation | undefined {
    const { length, type, streamId } = this.#frame;
    const core = this.#core;
    if (this.#firstFrame) {
      if (type !== settingsType || (head[from + 4] as number) & 1) {
        const stranger = strangerInWords(head, from);
        return connectionError(
          "rfc9113-3.4",
          "PROTOCOL_ERROR",
          stranger ?? `first frame of type ${type}, expected SETTINGS`,
        );
      }
      this.#firstFrame = false;
    }
    if (length > core.local.maxFrameSize) {
      return connectionError(
        "rfc9113-4.2",
        "FRAME_SIZE_ERROR",
        `a frame of ${length} octets, at most ${core.local.maxFrameSize} allowed`,
      );
    }
    const { continued } = core;
    if (continued !== undefined && (type !== continuationType || streamId !== continued.streamId)) {
      return connectionError("rfc9113-6.10", "PROTOCOL_ERROR", `a frame of type ${type} inside a header block`);
    }
    return undefined;
  }

  #act(bytes: Uint8Array, at: number): void {
    const frame = this.#frame;
    const core = this.#core;
    frame.bytes = bytes;
    frame.at = at;
    core.record.received(core.nowMs, frame.type, frame.flags, frame.streamId, frame.length, valueOf(frame));
    const violation = (actions[frame.type] ?? receiveUnknown)(core, frame);
    frame.bytes = noBytes;
    if (violation !== undefined) core.punish(violation);
  }

  #openData(bytes: Uint8Array, at: number): number {
    const frame = this.#frame;
    const core = this.#core;
    core.record.received(core.nowMs, dataType, frame.flags, frame.streamId, frame.length, 0);
    const opened = openData(core, frame);
    if ("scope" in opened) {
      core.punish(opened);
      return bytes.length;
    }
    return this.#moreData(opened, bytes, at);
  }

  #moreData(data: DataInFlight, bytes: Uint8Array, at: number): number {
    const taken = moreData(this.#core, data, bytes, at, bytes.length);
    if (typeof taken !== "number") {
      this.#core.punish(taken);
      return bytes.length;
    }
    this.#data = data.remaining > 0 || data.padding < 0 ? data : undefined;
    return at + taken;
  }

  #moreHead(bytes: Uint8Array, at: number): number {
    if (this.#head === noBytes) this.#head = zeroed(9);
    const taken = Math.min(9 - this.#headLength, bytes.length - at);
    this.#head.set(bytes.subarray(at, at + taken), this.#headLength);
    this.#headLength += taken;
    if (this.#headLength < 9) {
      // A TLS alert is shorter than a frame header, and nothing follows it.
      const stranger = this.#firstFrame ? strangerInWords(this.#head.subarray(0, this.#headLength), 0) : undefined;
      if (stranger !== undefined) this.#core.punish(connectionError("rfc9113-3.4", "PROTOCOL_ERROR", stranger));
      return at + taken;
    }
    this.#headLength = 0;
    return this.#open(this.#head, 0, bytes, at + taken);
  }

  #morePayload(partial: Uint8Array, bytes: Uint8Array, at: number): number {
    const taken = Math.min(partial.length - this.#partialLength, bytes.length - at);
    partial.set(bytes.subarray(at, at + taken), this.#partialLength);
    this.#partialLength += taken;
    if (this.#partialLength === partial.length) {
      this.#partial = undefined;
      // A header block has its own beginning, and ends with its last frame.
      if (this.#core.continued === undefined) this.#core.unfinishedSinceMs = Infinity;
      this.#act(partial, 0);
    }
    return at + taken;
  }

  #matchPreface(bytes: Uint8Array): number {
    const start = preface.length - this.#prefaceLeft;
    const taken = Math.min(this.#prefaceLeft, bytes.length);
    for (let i = 0; i < taken; i++) {
      if (bytes[i] === preface[start + i]) continue;
      const stranger = start === 0 ? strangerInWords(bytes, 0) : undefined;
      const detail = stranger ?? "the connection does not begin with the HTTP/2 client preface";
      this.#core.punish(connectionError("rfc9113-3.4", "PROTOCOL_ERROR", detail));
      return bytes.length;
    }
    this.#prefaceLeft -= taken;
    return taken;
  }
}

const noBytes = new Uint8Array(0);
const preface = Uint8Array.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (char) => char.charCodeAt(0));

const actions: (ReceiveFrame | undefined)[] = [];
actions[headersType] = receiveHeaders;
actions[priorityType] = receivePriority;
actions[rstStreamType] = receiveRstStream;
actions[settingsType] = receiveSettings;
actions[pushPromiseType] = receivePushPromise;
actions[pingType] = receivePing;
actions[goawayType] = receiveGoaway;
actions[windowUpdateType] = receiveWindowUpdate;
actions[continuationType] = receiveContinuation;

/** The number of a frame that is worth a place in the flight record. */
function valueOf({ type, length, bytes, at }: Frame): number {
  if ((type === rstStreamType || type === windowUpdateType) && length === 4) return readU32(bytes, at);
  return type === goawayType && length >= 8 ? readU32(bytes, at + 4) : 0;
}

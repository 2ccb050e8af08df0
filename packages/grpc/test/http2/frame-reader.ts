/**
 * Owns the reading of what the engine writes: bytes in any pieces to frames, and frames to one line each, which is what
 * tests compare. Independent of the engine but for header blocks: those go through its decoder, which is tested against
 * the encoders of others.
 */
import { HpackDecoder } from "../../src/http2/hpack/decoder.ts";
import { clientPreface, flag, frameType } from "./frames.ts";

export interface ReadFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Uint8Array;
}

export class FrameReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #prefaceDue: boolean;

  /** @param from Who writes: a client's first frame comes behind the connection preface. */
  constructor(from: "client" | "server") {
    this.#prefaceDue = from === "client";
  }

  /** Frames that are whole by now. Throws where a client does not begin with its preface. */
  read(bytes: Uint8Array): ReadFrame[] {
    this.#bytes = joined(this.#bytes, bytes);
    if (this.#prefaceDue) {
      if (this.#bytes.length < clientPreface.length) return [];
      const preface = this.#bytes.subarray(0, clientPreface.length);
      if (!preface.every((octet, i) => octet === clientPreface[i])) throw new Error("no client preface");
      this.#bytes = this.#bytes.subarray(clientPreface.length);
      this.#prefaceDue = false;
    }
    const frames: ReadFrame[] = [];
    while (this.#bytes.length >= 9) {
      const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset);
      const end = 9 + (view.getUint32(0) >>> 8);
      if (this.#bytes.length < end) break;
      const payload = this.#bytes.slice(9, end);
      frames.push({ type: view.getUint8(3), flags: view.getUint8(4), streamId: view.getUint32(5), payload });
      this.#bytes = this.#bytes.subarray(end);
    }
    return frames;
  }
}

const typeNames = Object.keys(frameType);

// RFC 9113 §7.
const codeNames = (
  "NO_ERROR PROTOCOL_ERROR INTERNAL_ERROR FLOW_CONTROL_ERROR SETTINGS_TIMEOUT STREAM_CLOSED FRAME_SIZE_ERROR " +
  "REFUSED_STREAM CANCEL COMPRESSION_ERROR CONNECT_ERROR ENHANCE_YOUR_CALM INADEQUATE_SECURITY HTTP_1_1_REQUIRED"
).split(" ");

/**
 * Frames as lines: `HEADERS 1 END_STREAM :status=200`, `DATA 1 5 END_STREAM`, `RST_STREAM 3 CANCEL`, `SETTINGS 2=0 4=9`,
 * `PING ack`, `GOAWAY 7 NO_ERROR draining`, `WINDOW_UPDATE 0 +100`. One for each direction: header blocks have a memory.
 */
export class FrameText {
  readonly #decoder = new HpackDecoder({ maxTableSize: 4_096, maxHeaderListBytes: 1_048_576 });
  #block: Uint8Array = new Uint8Array(0);

  of(frame: ReadFrame): string {
    const words = [typeNames[frame.type] ?? `type-${frame.type}`, ...this.#words(frame)];
    return words.filter((word) => word !== "").join(" ");
  }

  #words({ type, flags, streamId, payload }: ReadFrame): string[] {
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    const end = (flags & flag.END_STREAM) !== 0 ? "END_STREAM" : "";
    switch (type) {
      case frameType.DATA:
        return [`${streamId}`, `${payload.length}`, end];
      case frameType.HEADERS:
      case frameType.CONTINUATION:
        return [`${streamId}`, type === frameType.HEADERS ? end : "", this.#fields(flags, payload)];
      case frameType.RST_STREAM:
        return [`${streamId}`, codeNames[view.getUint32(0)] ?? ""];
      case frameType.SETTINGS: {
        if ((flags & flag.ACK) !== 0) return ["ack"];
        const pairs: string[] = [];
        for (let i = 0; i < payload.length; i += 6) pairs.push(`${view.getUint16(i)}=${view.getUint32(i + 2)}`);
        return pairs;
      }
      case frameType.PING:
        return [(flags & flag.ACK) !== 0 ? "ack" : ""];
      case frameType.GOAWAY:
        return [
          `${view.getUint32(0)}`,
          codeNames[view.getUint32(4)] ?? `${view.getUint32(4)}`,
          new TextDecoder().decode(payload.subarray(8)),
        ];
      case frameType.WINDOW_UPDATE:
        return [`${streamId}`, `+${view.getUint32(0)}`];
      default:
        return [`${streamId}`];
    }
  }

  #fields(flags: number, fragment: Uint8Array): string {
    this.#block = joined(this.#block, fragment);
    if ((flags & flag.END_HEADERS) === 0) return "…";
    const list = this.#decoder.decode(this.#block);
    this.#block = new Uint8Array(0);
    if (!Array.isArray(list)) return "undecodable";
    const pairs: string[] = [];
    for (let i = 0; i < list.length; i += 2) pairs.push(`${list[i]}=${list[i + 1]}`);
    return pairs.join(" ");
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a, 0);
  both.set(b, a.length);
  return both;
}

/**
 * Reads what the engine writes, and says where that breaks RFC 9113: a frame that is too large, a stream that was never
 * opened, anything on a stream behind its end, anything behind the GOAWAY of a condemned connection is for others to say.
 * Knows frames, not header blocks, and shares no code with the engine.
 */

import { frameHeaderBytes, preface } from "../peer/frame.ts";

const names = [
  "DATA",
  "HEADERS",
  "PRIORITY",
  "RST_STREAM",
  "SETTINGS",
  "PUSH_PROMISE",
  "PING",
  "GOAWAY",
  "WINDOW_UPDATE",
  "CONTINUATION",
];

export class WrittenFrames {
  readonly #role: "client" | "server";
  #rest: Buffer = Buffer.alloc(0);
  #prefaceDue: boolean;
  #continued: number | undefined = undefined;
  #highest = 0;
  readonly #ended = new Set<number>();
  readonly #reset = new Set<number>();
  /** The first breach, in words. */
  fault: string | undefined = undefined;

  /** @param role Who writes. */
  constructor(role: "client" | "server") {
    this.#role = role;
    this.#prefaceDue = role === "client";
  }

  /** The names of the frames that are whole now. */
  push(chunks: readonly Uint8Array[]): readonly string[] {
    this.#rest = Buffer.concat([this.#rest, ...chunks]);
    if (this.#prefaceDue && this.#rest.length >= preface.length) {
      if (!this.#rest.subarray(0, preface.length).equals(preface))
        this.fault ??= "a client's first octets are not the preface";
      this.#rest = this.#rest.subarray(preface.length);
      this.#prefaceDue = false;
    }
    const whole: string[] = [];
    while (!this.#prefaceDue && this.#rest.length >= frameHeaderBytes) {
      const length = this.#rest.readUIntBE(0, 3);
      if (this.#rest.length < frameHeaderBytes + length) break;
      const name = names[this.#rest.readUInt8(3)] ?? "unknown";
      this.#check(name, length, this.#rest.readUInt8(4), this.#rest.readUInt32BE(5));
      whole.push(name);
      this.#rest = this.#rest.subarray(frameHeaderBytes + length);
    }
    return whole;
  }

  #check(name: string, length: number, flags: number, id: number): void {
    const say = (what: string): void => {
      this.fault ??= `${name} of ${length} octets on stream ${id}: ${what}`;
    };
    if (length > 16_777_215 || id > 0x7fff_ffff) say("a field is too large"); // RFC 9113 §4.1, §5.1.1
    if (this.#continued !== undefined && (name !== "CONTINUATION" || id !== this.#continued))
      say(`inside the header block of stream ${this.#continued}`);
    if (["SETTINGS", "PING", "GOAWAY"].includes(name) !== (id === 0) && name !== "WINDOW_UPDATE")
      say("on the wrong stream");
    if (name === "PUSH_PROMISE" || name === "PRIORITY" || name === "unknown") say("this engine never writes it");
    if (name === "HEADERS") {
      if (this.#role === "client" && id % 2 === 0) say("a client opens odd streams");
      if (this.#role === "client" && id > this.#highest) this.#highest = id;
    }
    if (name === "HEADERS" || name === "DATA") {
      if (this.#ended.has(id)) say("behind END_STREAM");
      if (this.#reset.has(id)) say("behind RST_STREAM");
      if ((flags & 1) !== 0) this.#ended.add(id);
      if (this.#role === "client" && id > this.#highest) say("on a stream that was not opened");
    }
    if (name === "RST_STREAM") this.#reset.add(id);
    if (name === "HEADERS" || name === "CONTINUATION") this.#continued = (flags & 4) === 0 ? id : undefined;
  }
}

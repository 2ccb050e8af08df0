/**
 * A connection between two others: the bytes of both directions in, every frame out, decoded. Pure; it opens nothing,
 * answers nothing and keeps no payload. What it needs of one direction to read the other (the size of the header table)
 * goes across here.
 */

import { fromLatin1, latin1 } from "../http2/bytes.ts";
import { strangerInWords } from "../http2/stranger.ts";
import { DirectionWatcher } from "./direction-watcher.ts";
import type { UnfinishedFrame } from "./frame-scanner.ts";
import type { FrameSender, WatchedFrame } from "./watched-frame.ts";

export interface ConnectionWatcherOptions {
  /** Frames of both directions, in the order in which their last octets were pushed. */
  onFrame(frame: WatchedFrame): void;
  /**
   * What one side says is not HTTP/2, and no more of it is decoded. `words` for instance `the client sent an HTTP/1.1
   * request, expected HTTP/2`.
   */
  onStranger?(from: FrameSender, words: string): void;
  /** `shown` leaves credentials and binary metadata as they are. Default `masked`. */
  readonly secrets?: "masked" | "shown";
}

const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/** Of a server: its first frame is SETTINGS (RFC 9113 §3.4), and the header of a frame has nine octets. */
const greetingBytes = 9;
const settingsType = 0x4;
const ackFlag = 0x1;

interface Side {
  readonly frames: DirectionWatcher;
  /** The first octets, until there are enough to tell HTTP/2 from something else. */
  start: string | undefined;
  stranger: boolean;
}

export class ConnectionWatcher {
  readonly #options: ConnectionWatcherOptions;
  readonly #sides: Readonly<Record<FrameSender, Side>>;

  constructor(options: ConnectionWatcherOptions) {
    this.#options = options;
    this.#sides = { client: this.#side("client"), server: this.#side("server") };
  }

  /** Octets that one side sent, in any pieces; borrowed. `nowMs` becomes the time of the frames that end in them. */
  push(from: FrameSender, bytes: Uint8Array, nowMs: number): void {
    const side = this.#sides[from];
    if (side.stranger) return;
    if (side.start === undefined) side.frames.push(bytes, nowMs);
    else this.#greet(from, side, side.start, bytes, nowMs);
  }

  /** Whether a side's first octets were not those of HTTP/2. */
  isStranger(from: FrameSender): boolean {
    return this.#sides[from].stranger;
  }

  /** A frame of which the end has not come. */
  unfinished(from: FrameSender): UnfinishedFrame | undefined {
    return this.#sides[from].frames.unfinished;
  }

  /** A side sends nothing more. What it sent may be too little to be HTTP/2, and is told then. */
  end(from: FrameSender): void {
    const side = this.#sides[from];
    const { start } = side;
    if (start === undefined || start === "" || (from === "client" && preface.startsWith(start))) return;
    this.#turnAway(from, side, notHttp2);
  }

  #turnAway(from: FrameSender, side: Side, fault: string): void {
    side.stranger = true;
    side.start = undefined;
    this.#options.onStranger?.(from, fault.replace("the peer", `the ${from}`));
  }

  #side(from: FrameSender): Side {
    const frames = new DirectionWatcher(from, this.#options.secrets !== "shown", {
      onFrame: (frame) => this.#options.onFrame(frame),
      onTableSize: (bytes) => this.#sides[from === "client" ? "server" : "client"].frames.allowTable(bytes),
    });
    return { frames, start: "", stranger: false };
  }

  /** Collects the first octets, some twenty, and looks at them once they suffice. */
  #greet(from: FrameSender, side: Side, before: string, bytes: Uint8Array, nowMs: number): void {
    const wanted = from === "client" ? preface.length : greetingBytes;
    const taken = Math.min(wanted - before.length, bytes.length);
    const start = (side.start = before + latin1(bytes, 0, taken));
    const fault = faultInStart(from, start);
    if (fault !== undefined) this.#turnAway(from, side, fault);
    if (start.length < wanted || side.stranger) return;
    side.start = undefined;
    // The preface is no frame; a server's first nine octets are the header of one.
    if (from === "server") side.frames.push(fromLatin1(start), nowMs);
    side.frames.push(bytes.subarray(taken), nowMs);
  }
}

/** What is wrong with the first octets; undefined while nothing is, or while too few have come to name it. */
function faultInStart(from: FrameSender, start: string): string | undefined {
  if (from === "client" && preface.startsWith(start)) return undefined;
  const stranger = strangerInWords(fromLatin1(start), 0);
  // The verdict must not depend on the pieces: a name is looked for in so many octets, then it is a stranger without one.
  if (stranger !== undefined || start.length < greetingBytes) return stranger;
  if (from === "client") return notHttp2;
  const isSettings = start.charCodeAt(3) === settingsType && (start.charCodeAt(4) & ackFlag) === 0;
  return isSettings ? undefined : notHttp2;
}

const notHttp2 = "the peer does not begin as HTTP/2 does";

/**
 * Owns a client that knows just enough of HTTP/2 to be hit by the peer's scripts: it opens streams, acknowledges SETTINGS and
 * PING, and writes down in words what it sees. It decides nothing, so a test reads the peer's side of a row in full.
 */

import type { Socket } from "node:net";
import { connect as connectTcp } from "node:net";
import { connect as connectTls } from "node:tls";
import { encodeCallMessage, warmUpCallId } from "../src/call-message.ts";
import * as wire from "../src/peer/frame.ts";

/** Longer than any script waits; a test that gets here has failed. */
const patienceMs = 8_000;
const pollMs = 5;
/** RFC 9113 §6.5.2: what SETTINGS_MAX_FRAME_SIZE starts with. */
const maxFrameBytes = 16_384;

export class RawClient implements AsyncDisposable {
  /** What came, in order: `GOAWAY 11 last=41 too_many_pings`, `HEADERS 3`, `RST_STREAM 3 code=7`, `FIN`, `closed`. */
  readonly seen: string[] = [];
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();
  #rest = Buffer.alloc(0);
  #nextStreamId = 1;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay();
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("end", () => this.#see("FIN"));
    socket.on("error", (error: NodeJS.ErrnoException) => this.#see(error.code ?? error.message));
    socket.on("close", () => this.#see("closed"));
  }

  /** Connects, greets, and waits until one call has been answered. */
  static async open(port: number, caPem?: string): Promise<RawClient> {
    const socket =
      caPem === undefined
        ? connectTcp({ port, host: "127.0.0.1" })
        : connectTls({ port, host: "127.0.0.1", ca: caPem, ALPNProtocols: ["h2"] });
    const client = new RawClient(socket);
    socket.write(Buffer.concat([wire.preface, wire.settingsFrame(new Map())]));
    const warmUp = client.call(warmUpCallId);
    await client.until(`END_STREAM ${warmUp}`);
    client.seen.length = 0;
    return client;
  }

  /** Sends one whole request; returns its stream. */
  call(callId: number, requestBytes = 100): number {
    const streamId = this.openStream();
    this.sendMessage(streamId, callId, requestBytes);
    return streamId;
  }

  /** Sends HEADERS alone. */
  openStream(): number {
    const streamId = this.#nextStreamId;
    this.#nextStreamId += 2;
    this.#socket.write(wire.headersFrame(streamId, { ":method": "POST", ":path": "/lab" }, false));
    return streamId;
  }

  /** Sends the whole body of a request on an open stream. */
  sendMessage(streamId: number, callId: number, requestBytes: number): void {
    const body = lengthPrefixed(encodeCallMessage(callId, requestBytes));
    for (let at = 0; at < body.byteLength; at += maxFrameBytes) {
      const end = Math.min(at + maxFrameBytes, body.byteLength);
      this.#socket.write(wire.dataFrame(streamId, body.subarray(at, end), end === body.byteLength));
    }
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** Waits for a line of `seen`, or for any condition. */
  until(wanted: string | (() => boolean)): Promise<void> {
    const met = typeof wanted === "string" ? () => this.seen.includes(wanted) : wanted;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        clearInterval(poll);
        this.#waiting.delete(check);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`waited in vain for ${String(wanted)}; seen: ${this.seen.join(", ")}`));
      }, patienceMs);
      const check = (): void => {
        if (!met()) return;
        stop();
        resolve();
      };
      // A condition may be about the peer, whose changes are no event here.
      const poll = setInterval(check, pollMs);
      this.#waiting.add(check);
      check();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    return this.until("closed");
  }

  #receive(chunk: Buffer): void {
    let bytes = Buffer.concat([this.#rest, chunk]);
    while (bytes.byteLength >= wire.frameHeaderBytes) {
      const end = wire.frameHeaderBytes + bytes.readUIntBE(0, 3);
      if (bytes.byteLength < end) break;
      this.#frame(bytes.readUInt8(3), bytes.readUInt8(4), bytes.readUInt32BE(5), bytes.subarray(9, end));
      bytes = bytes.subarray(end);
    }
    this.#rest = bytes;
  }

  #frame(type: number, flags: number, streamId: number, payload: Buffer): void {
    const ack = (flags & wire.flag.ACK) !== 0;
    switch (type) {
      case wire.frameType.SETTINGS:
        if (!ack) this.#socket.write(wire.settingsAckFrame());
        return this.#see(ack ? "SETTINGS ACK" : "SETTINGS");
      case wire.frameType.PING:
        if (!ack) this.#socket.write(wire.pingFrame(payload, wire.flag.ACK));
        return this.#see(ack ? "PING ACK" : "PING");
      case wire.frameType.GOAWAY: {
        const debug = payload.subarray(8).toString();
        return this.#see(`GOAWAY ${payload.readUInt32BE(4)} last=${payload.readUInt32BE(0)} ${debug}`.trim());
      }
      case wire.frameType.RST_STREAM:
        return this.#see(`RST_STREAM ${streamId} code=${payload.readUInt32BE(0)}`);
      case wire.frameType.WINDOW_UPDATE:
        return this.#see(`WINDOW_UPDATE ${streamId} +${payload.readUInt32BE(0)}`);
      case wire.frameType.HEADERS:
      case wire.frameType.DATA:
        if ((flags & wire.flag.END_STREAM) !== 0) return this.#see(`END_STREAM ${streamId}`);
        return this.#see(`${type === wire.frameType.DATA ? "DATA" : "HEADERS"} ${streamId}`);
      default:
        return this.#see(`frame of type ${type}`);
    }
  }

  #see(what: string): void {
    this.seen.push(what);
    for (const check of [...this.#waiting]) check();
  }
}

function lengthPrefixed(message: Uint8Array): Uint8Array {
  const framed = Buffer.alloc(5 + message.byteLength);
  framed.writeUInt32BE(message.byteLength, 1);
  framed.set(message, 5);
  return framed;
}

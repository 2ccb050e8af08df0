/**
 * Owns one connection of an attacker or of an honest caller: raw octets out; what the server says is counted. Answers
 * SETTINGS and PING as a client must, unless it is told to be silent.
 */

import net from "node:net";
import tls from "node:tls";
import { once } from "node:events";
import { FrameReader, type ReadFrame } from "../peer/frame-reader.ts";
import * as wire from "../peer/frame.ts";

export interface RawOptions {
  readonly port: number;
  /** Speak TLS, and trust this certificate. */
  readonly ca?: string;
  /** Values of the first SETTINGS. */
  readonly settings?: ReadonlyMap<number, number>;
  /** Open the connection's window as wide as it goes, so that it never holds answers back. Default true. */
  readonly isWide?: boolean;
  /** How the connection begins. `silence`: nothing is sent and nothing answered. Default `http2`. */
  readonly greeting?: "http2" | "silence";
}

/** What the server has said on a connection. */
export interface Told {
  /** The first GOAWAY with an error, or else the first. */
  goaway: { readonly code: number; readonly debug: string } | undefined;
  /** RST_STREAM by error code. */
  readonly resets: Map<number, number>;
  closed: "fin" | "reset" | undefined;
  /** From the connection's first octet to its end, ms. */
  closedAfterMs: number;
}

/** RFC 9113 §6.9.2: what a connection's window starts with. */
const initialWindowBytes = 65_535;

export class RawConnection {
  readonly told: Told = { goaway: undefined, resets: new Map(), closed: undefined, closedAfterMs: 0 };
  sentBytes = 0;
  nextStreamId = 1;
  /** What the server lets us send on the connection. */
  windowBytes = initialWindowBytes;
  /** Hears every frame that is not about the connection. */
  onFrame: (frame: ReadFrame) => void = () => {};
  onClosed: () => void = () => {};
  readonly #socket: net.Socket;
  readonly #startedMs = performance.now();
  #isSilent = false;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    const reader = new FrameReader((frame) => this.#receive(frame), "server");
    socket.on("data", (chunk: Buffer) => reader.push(chunk));
    socket.on("end", () => this.#close("fin"));
    socket.on("error", () => this.#close("reset"));
    socket.on("close", () => this.#close("fin"));
  }

  /** Settles when the connection is up (with TLS: shaken hands) and its greeting is written. */
  static async open({
    port,
    ca,
    settings = new Map(),
    isWide = true,
    greeting = "http2",
  }: RawOptions): Promise<RawConnection> {
    const host = "127.0.0.1";
    const socket =
      ca === undefined
        ? net.connect({ host, port, noDelay: true })
        : tls.connect({ host, port, ca, servername: "localhost", ALPNProtocols: ["h2"] });
    const connection = new RawConnection(socket);
    await once(socket, ca === undefined ? "connect" : "secureConnect");
    connection.#isSilent = greeting === "silence";
    if (!connection.#isSilent) {
      const widening = isWide ? [wire.windowUpdateFrame(0, wire.maxUint31 - initialWindowBytes)] : [];
      connection.write(wire.preface, wire.settingsFrame(settings), ...widening);
    }
    return connection;
  }

  get isOpen(): boolean {
    return this.told.closed === undefined;
  }

  write(...parts: readonly Buffer[]): void {
    if (!this.isOpen) return;
    const bytes = Buffer.concat(parts);
    this.sentBytes += bytes.length;
    this.#socket.write(bytes);
  }

  /** Settles when the kernel has taken what was written, when the connection ends, or after `mostMs`. */
  async room(mostMs: number): Promise<void> {
    const endMs = performance.now() + mostMs;
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.isOpen && this.#socket.writableLength > 0 && performance.now() < endMs);
  }

  /** From now on nothing is read or answered, as by a machine that is gone. */
  fallSilent(): void {
    this.#isSilent = true;
    this.#socket.pause();
  }

  readAgain(): void {
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #receive(frame: ReadFrame): void {
    const { type, flags, streamId, payload } = frame;
    switch (type) {
      case wire.frameType.SETTINGS:
        if ((flags & wire.flag.ACK) === 0 && !this.#isSilent) this.write(wire.settingsAckFrame());
        return;
      case wire.frameType.PING:
        if ((flags & wire.flag.ACK) === 0 && !this.#isSilent) this.write(wire.pingFrame(payload, wire.flag.ACK));
        return;
      case wire.frameType.GOAWAY: {
        const code = payload.readUInt32BE(4);
        if ((this.told.goaway?.code ?? 0) === 0) this.told.goaway = { code, debug: payload.toString("utf8", 8) };
        return;
      }
      case wire.frameType.WINDOW_UPDATE:
        if (streamId === 0) this.windowBytes += payload.readUInt32BE(0);
        return;
      case wire.frameType.RST_STREAM: {
        const code = payload.readUInt32BE(0);
        this.told.resets.set(code, (this.told.resets.get(code) ?? 0) + 1);
        break;
      }
      default:
    }
    this.onFrame(frame);
  }

  #close(how: "fin" | "reset"): void {
    if (this.told.closed !== undefined) return;
    this.told.closed = how;
    this.told.closedAfterMs = performance.now() - this.#startedMs;
    this.#socket.destroy();
    this.onClosed();
  }
}
